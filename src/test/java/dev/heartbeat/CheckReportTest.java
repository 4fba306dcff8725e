package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.heartbeat.model.Asked;
import dev.heartbeat.model.HealthSpec;
import dev.heartbeat.model.HostSpec;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Pace;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.Targets;
import dev.heartbeat.model.TargetsFile;

/** What is told of one round, and of which targets? */
class CheckReportTest {
    private static final Instant AT = Instant.parse("2026-12-05T10:00:00Z");
    private static final Observation UP = seen("a", Outcome.UP);

    private static Observation seen(String name, Outcome outcome) {
        return new Observation(new Target(Kind.HOST, name), outcome, AT, Duration.ofNanos(1_250_000),
                null, new Asked("db:5432", null));
    }

    private static CheckReport report(Observation... seen) {
        return new CheckReport(List.of(seen), Duration.ofMillis(123));
    }

    private static Observation as(String word) {
        return switch (word) {
            case "up" -> UP;
            case "unknown" -> seen("u", Outcome.unknown(Reason.API_FAILED, "no"));
            default -> seen("d", Outcome.down(Reason.valueOf(word), "why"));
        };
    }

    @ParameterizedTest
    @CsvSource({ "up, up, OK, 0", "up, EXPIRING, WARNING, 1", "up, SLOW, WARNING, 1", "unknown, SLOW, WARNING, 1",
            "SLOW, UNREACHABLE, CRITICAL, 2", "unknown, MISSING, CRITICAL, 2", "up, unknown, UNKNOWN, 3",
            "up, MISMATCH, CRITICAL, 2" })
    void theWorstCountsAsForAMonitoringSystem(String one, String other, CheckVerdict verdict, int code) {
        CheckReport report = report(as(one), as(other));
        assertThat(report.verdict()).isEqualTo(verdict);
        assertThat(report.verdict().code()).isEqualTo(code);
        assertThat(report.text()).startsWith("HEARTBEAT " + verdict + " - ");
    }

    @Test
    void theFirstLineHasTheNumbers() {
        assertThat(report(UP, UP).text().lines().findFirst())
                .contains("HEARTBEAT OK - 2 of 2 up | up=2 down=0 unknown=0 time=0.123s");
        assertThat(report(UP, as("UNREACHABLE"), as("unknown")).text().lines().findFirst())
                .contains("HEARTBEAT CRITICAL - 1 of 3 up: host d (UNREACHABLE) | up=1 down=1 unknown=1 time=0.123s");
    }

    @Test
    void aTableFollows() {
        assertThat(report(UP, seen("long name", Outcome.down(Reason.TIMED_OUT, "no answer within 5 s"))).text().lines().skip(1))
                .containsExactly("KIND  NAME       ADDRESS  OUTCOME  REASON     LATENCY  DETAIL",
                        "host  a          db:5432  up                  1.3 ms",
                        "host  long name  db:5432  down     TIMED_OUT  1.3 ms   no answer within 5 s");
    }

    @Test
    void nothingThatANameHoldsIsTakenForNumbersOrMovesTheCursor() {
        String text = report(seen("a|b\u001b\n", Outcome.down(Reason.MISMATCH, "x|y=1"))).text();
        assertThat(text.lines()).hasSize(3);
        assertThat(text.chars().filter(c -> c == '|')).hasSize(1);
        assertThat(text).doesNotContain("\u001b");
    }

    @Test
    void manyTroublesAreCountedAndAFewAreNamed() {
        Observation down = as("UNREACHABLE");
        assertThat(report(down, down, down, down, down).text()).contains("(UNREACHABLE) and 2 more | up=0");
    }

    @Test
    void jsonHasAllOfIt() throws Exception {
        JsonNode json = new ObjectMapper().readTree(report(UP, as("SLOW")).json());
        assertThat(json.get("verdict").asText()).isEqualTo("WARNING");
        assertThat(json.get("seconds").asDouble()).isEqualTo(0.123);
        JsonNode row = json.get("targets").get(1);
        assertThat(row.get("kind").asText() + row.get("name").asText() + row.get("address").asText()).isEqualTo("hostddb:5432");
        assertThat(row.get("reason").asText() + row.get("detail").asText()).isEqualTo("SLOWwhy");
        assertThat(row.get("latency_ms").asDouble()).isEqualTo(1.25);
        assertThat(json.get("targets").get(0).has("reason")).isFalse();
    }

    private static HealthSpec endpoint(String name) {
        return TargetsFile.read("t.yaml", "heartbeat: {health: [{name: " + name + ", url: 'http://127.0.0.1:1/'}]}", false)
                .targets().specs(HealthSpec.class).get(0);
    }

    private static HostSpec host(String name) {
        return new HostSpec(name, "localhost", 1, Pace.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = { "'';db-1,db-2,host,a/b", "db-1;db-1", "db-*;db-1,db-2", "host;db-1,db-2,host,a/b",
            "host/db-?;db-1,db-2", "*/db-2;db-2", "a/b;a/b", "db-2 db-1;db-1,db-2" })
    void targetsAreMeantByNameKindOrBoth(String words, String names) throws UsageException {
        Targets all = Targets.of(List.of(host("db-1"), host("db-2"), host("host"), host("a/b")));
        TargetChoice choice = TargetChoice.of(all, words.isEmpty() ? List.of() : List.of(words.split(" ")), 3);
        assertThat(choice.targets().stream().map(Target::name)).containsExactly(names.split(","));
        assertThat(choice.specs()).hasSameSizeAs(choice.targets());
    }

    @ParameterizedTest
    @CsvSource({ "health/archive/db", "archive/db", "archive/*", "*/db", "health/arch*/d?" })
    void aNameWithASecondPartMeansChecksOfItsEndpoint(String word) throws UsageException {
        Targets all = Targets.of(List.of(host("a"), endpoint("archive"), endpoint("portal")));
        TargetChoice choice = TargetChoice.of(all, List.of(word), 3);
        assertThat(choice.targets()).isEmpty();
        assertThat(choice.specs()).contains(endpoint("archive")).doesNotContain(host("a"));
    }

    @Test
    void aWordThatMeansNoTargetIsNamed() {
        Targets all = Targets.of(List.of(host("a")));
        assertThatThrownBy(() -> TargetChoice.of(all, List.of("a", "b", "website"), 3)).isInstanceOf(UsageException.class)
                .hasMessageContaining("no target is meant by b, website");
    }

    @Test
    void whatCanNotBeAskedIsUnknownInTheFirstLineAndInTheExitCode() {
        Console console = new Console();
        assertThat(console.with("TARGETS_FILE", "/nowhere.yaml").run("check")).isEqualTo(3);
        assertThat(console.out()).startsWith("HEARTBEAT UNKNOWN - /nowhere.yaml: can not be read");
        Console misspoken = new Console();
        assertThat(misspoken.run("check", "--once", "--twice")).isEqualTo(3);
        assertThat(misspoken.out()).startsWith("HEARTBEAT UNKNOWN - ").contains("--twice");
        Console vain = new Console();
        assertThat(vain.with("TARGETS_FILE", "config/targets.yaml").run("check", "nobody")).isEqualTo(3);
        assertThat(vain.out()).startsWith("HEARTBEAT UNKNOWN - no target is meant by nobody");
    }
}
