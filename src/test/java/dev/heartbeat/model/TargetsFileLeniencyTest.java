package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PH accepts is accepted where PH's file is mounted. */
class TargetsFileLeniencyTest {
    @Test
    void unknownKeysAreOneWarning() {
        TargetsFile.Read read = lenient("""
                {"heartbeat": {"hosts": [{"host": "a", "port": 1, "comment": NaN}, {"host": "b", "port": 2, "comment": null}],
                  "rmq_consumers": [{"queue": "q", "listeners": [{"tag": "t", "name": "n", "x": {}}], "owner": []}]},
                 "odd": 1e999, "": 1}
                """);

        assertThat(read.targets().specs()).hasSize(3);
        assertThat(read.warnings()).extracting(Fault::toString).containsExactly(
                "publisher_config.json:1:51: unknown keys are ignored: heartbeat.hosts[].comment, "
                        + "heartbeat.rmq_consumers[].listeners[].x, heartbeat.rmq_consumers[].owner, odd, ");
    }

    @Test
    void theSameKeysAreFaultsInOurFormat() {
        String text = """
                {"heartbeat": {"hosts": [{"host": "a", "port": 1, "comment": 1}]}, "x": 1}""";

        assertThat(TargetsFile.read("t.json", text, false).faults()).extracting(Fault::key)
                .containsExactly("heartbeat.hosts[0].comment", "x");
    }

    @Test
    void entriesOfOneNameAreAllKeptAndAreOneTarget() {
        TargetsFile.Read read = lenient("""
                {"heartbeat": {"hosts": [{"host": "a", "port": 1}, {"host": "b", "port": 2, "name": "a"}],
                  "rmq_consumers": [{"queue": "q", "listeners": [{"tag": "t", "name": "n"}]},
                                    {"queue": "q", "listeners": [{"tag": "u", "name": "n"}]},
                                    {"queue": "p", "listeners": [{"tag": "t", "name": "n"}]}]}}
                """);

        assertThat(read.targets().specs()).hasSize(5);
        assertThat(read.targets().all()).hasToString("[host a, queue p, queue q, consumer n]");
        assertThat(read.warnings()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '§', textBlock = """
            "8080",   8080
            8080,     8080
            " 8080 ", 8080
            "+8080",  8080
            "8_080",  8080
            "08080",  8080
            "８０",    80
            8080.7,   8080
            8.08e3,   8080
            """)
    void aPortIsWhatPythonTakesForANumber(String written, int port) {
        TargetsFile.Read read = lenient("{\"heartbeat\": {\"hosts\": [{\"host\": \"a\", \"port\": " + written + "}]}}");

        assertThat(read.targets().specs()).containsExactly(new HostSpec("a", "a", port, Pace.DEFAULT));
        assertThat(read.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '§', textBlock = """
            "0",      0
            -1,       -1
            70000,    70000
            """)
    void aPortThatNothingListensOnIsAWarning(String written, String shown) {
        TargetsFile.Read read = lenient("{\"heartbeat\": {\"hosts\": [{\"host\": \"a\", \"port\": " + written + "}]}}");

        assertThat(read.targets().specs()).containsExactly(new HostSpec("a", "a", 0, Pace.DEFAULT));
        assertThat(read.warnings()).extracting(Fault::toString).containsExactly("publisher_config.json:1:48: "
                + "heartbeat.hosts[0].port: \"" + shown + "\" must be from 1 to 65535; this target can never be up");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', textBlock = """
            {"hosts": [{"host": "a", "port": "80a"}]}                  | 1:48: heartbeat.hosts[0].port: "80a" must be a whole number from 1 to 65535
            {"hosts": [{"host": "a", "port": "80.0"}]}                 | 1:48: heartbeat.hosts[0].port: "80.0" must be a whole number from 1 to 65535
            {"hosts": [{"host": "a", "port": NaN}]}                    | 1:48: heartbeat.hosts[0].port: "NaN" must be a whole number from 1 to 65535
            {"hosts": [{"host": "a"}]}                                 | 1:26: heartbeat.hosts[0].port: must be given: a whole number from 1 to 65535
            {"hosts": [{"port": 1}]}                                   | 1:26: heartbeat.hosts[0].host: must be given: a text that is not blank
            {"rmq_consumers": [{"listeners": []}]}                     | 1:34: heartbeat.rmq_consumers[0].queue: must be given: a text that is not blank
            {"rmq_consumers": [{"queue": "q"}]}                        | 1:34: heartbeat.rmq_consumers[0].listeners: must be given: a list of tag and name, [] for none
            {"rmq_consumers": [{"queue": "q", "listeners": [{"tag": "(", "name": "n"}]}]} | 1:71: heartbeat.rmq_consumers[0].listeners[0].tag: "(" must be a regular expression as Python's re.search takes it: <(>
            """)
    void whatPhCrashesOnIsAFault(String heartbeat, String fault) {
        assertThat(lenient("{\"heartbeat\": " + heartbeat + "}").faults()).extracting(Fault::toString)
                .containsExactly(Complaints.in("publisher_config.json:" + fault));
    }

    @Test
    void keysGivenTwiceCountAsWithPython() {
        TargetsFile.Read read = lenient("{\"heartbeat\": {\"hosts\": [{\"host\": \"a\", \"port\": 1, \"port\": 2}]}}");

        assertThat(read.targets().specs()).containsExactly(new HostSpec("a", "a", 2, Pace.DEFAULT));
        assertThat(read.warnings()).extracting(Fault::key).containsExactly("heartbeat.hosts[0].port");
    }

    @Test
    void strangeNamesAndHostsAreWarnings() {
        TargetsFile.Read read = lenient("""
                {"heartbeat": {"hosts": [{"host": "http://a", "port": 1, "name": "a\\nb"},
                  {"host": "b", "port": 1, "name": "c:d"}, {"host": "b", "port": 1, "name": "c_d"},
                  {"host": "b", "port": 1, "name": "%s"}, {"host": "b", "port": 1, "name": 7}]}}
                """.formatted("n".repeat(600)));

        assertThat(read.faults()).isEmpty();
        assertThat(read.warnings()).hasSize(5);
        assertThat(read.targets().all()).extracting(Target::name).contains("a_b", "c:d", "c_d", "7", "n".repeat(600));
    }

    @Test
    void nothingToWatchIsAWarning() {
        TargetsFile.Read read = lenient("{\"heartbeat\": {}}");

        assertThat(read.targets().specs()).isEqualTo(List.of());
        assertThat(read.warnings()).extracting(Fault::toString)
                .containsExactly("publisher_config.json:1:15: heartbeat: must hold a target: nothing is watched");
    }

    @Test
    void ourKeysAreUnderstoodToo() {
        TargetsFile.Read read = lenient("""
                {"heartbeat": {"hosts": [{"host": "a", "port": 1, "retries": 2}], "http": [{"url": "http://b", "name": "b"}]}}
                """);

        assertThat(read.warnings()).isEmpty();
        assertThat(read.targets().specs().get(0).pace().retries()).isEqualTo(2);
        assertThat(read.targets().all()).hasToString("[host a, website b]");
    }

    private static TargetsFile.Read lenient(String text) {
        return TargetsFile.read("publisher_config.json", text, true);
    }
}
