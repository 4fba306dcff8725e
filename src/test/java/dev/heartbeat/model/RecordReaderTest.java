package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which heartbeat is a record, whoever wrote it? */
class RecordReaderTest {
    private static final List<String> KP = List.of("'status_code':200", "'response_time':0.5", "'regex_match':true",
            "'url':'https://a.example'", "'measurement_time':'2026-11-21T10:00:00.000001'");
    private static final List<String> SC = List.of("'timestamp':1673080000.123", "'target':'https://a.example'", "'error':null",
            "'latency_ms':181.3", "'status':200", "'pattern':'x'", "'is_pattern_found':true");

    private static Heartbeat read(String json) throws NotAHeartbeatException {
        return RecordReader.read(Wire.bytes(json), "sites", Wire.RECEIVED);
    }

    private static Observation observation(String json) throws NotAHeartbeatException {
        return read(json).observations().get(0);
    }

    private static Observation golden(String file) throws NotAHeartbeatException {
        return RecordReader.read(Wire.golden(file), "sites", Wire.RECEIVED).observations().get(0);
    }

    /** A record of the Python Healthcheck in which one key says something else. */
    private static String kp(String key, String value) {
        return "{" + String.join(",", with(KP, key, value)) + "}";
    }

    private static String sc(String key, String value) {
        return "{" + String.join(",", with(SC, key, value)) + "}";
    }

    private static List<String> with(List<String> pairs, String key, String value) {
        return pairs.stream().map(pair -> pair.startsWith("'" + key + "'") ? "'" + key + "':" + value : pair).toList();
    }

    @Test
    void theHealthchecksRecordIsAHeartbeatOfItsTopic() throws NotAHeartbeatException {
        Heartbeat heartbeat = RecordReader.read(Wire.golden("kp-1.json"), "sites", Wire.RECEIVED);

        Instant at = Instant.parse("2023-03-01T12:00:00.123456Z");
        assertThat(heartbeat.source()).isEqualTo("sites");
        assertThat(heartbeat.boot()).isEqualTo("healthcheck");
        assertThat(heartbeat.sequence()).isEqualTo(1_677_672_000_123_456L);
        assertThat(heartbeat.at()).isEqualTo(at);
        assertThat(heartbeat.interval()).isNull();
        assertThat(heartbeat.parts()).isEqualTo(Integer.MAX_VALUE);
        assertThat(heartbeat.observations()).containsExactly(new Observation(
                new Target(Kind.WEBSITE, "https://www.google.com"), Outcome.UP, at, Duration.ofNanos(239_656_000),
                new Evidence(200, true, null), new Asked("https://www.google.com", null)));
    }

    @Test
    void aRecordWithoutRegexSaysNothingOfAMatch() throws NotAHeartbeatException {
        assertThat(golden("kp-2.json").evidence()).isEqualTo(new Evidence(200, null, null));
        assertThat(golden("kp-2.json").latency()).isEqualTo(Duration.ofMillis(2500));
    }

    @Test
    void theMetricsRecordIsAHeartbeatOfItsTopic() throws NotAHeartbeatException {
        Heartbeat heartbeat = RecordReader.read(Wire.golden("sc-1.json"), "metrics", Wire.RECEIVED);

        Instant at = Instant.ofEpochSecond(1_673_080_000, 123_000_000);
        String url = "https://en.wikipedia.org/wiki/Special:Random";
        assertThat(heartbeat.source()).isEqualTo("metrics");
        assertThat(heartbeat.boot()).isEqualTo("metrics");
        assertThat(heartbeat.sequence()).isEqualTo(1_673_080_000_123_000L);
        assertThat(heartbeat.observations()).containsExactly(new Observation(new Target(Kind.WEBSITE, url),
                Outcome.down(Reason.MISMATCH, "the body does not match"), at, Duration.ofNanos(181_300_000),
                new Evidence(200, false, null), new Asked(url, "foobar")));
    }

    @Test
    void anErrorOfTheMetricsIsDownWithItsWords() throws NotAHeartbeatException {
        Observation read = golden("sc-2.json");

        assertThat(read.outcome()).isEqualTo(Outcome.down(Reason.REJECTED, "HTTP Error 503: Service Unavailable"));
        assertThat(read.latency()).isNull();
        assertThat(read.evidence()).isNull();
        assertThat(observation(sc("error", "'timed out'").replace("'status':200", "'status':null")).outcome())
                .isEqualTo(Outcome.down(Reason.UNREACHABLE, "timed out"));
    }

    @Test
    void everyOrderOfTheKeysSaysTheSame() throws NotAHeartbeatException {
        Heartbeat kp = read("{" + String.join(",", KP) + "}");
        Heartbeat sc = read("{" + String.join(",", SC) + "}");
        for (int seed = 0; seed < 50; seed++) {
            assertThat(read(shuffled(KP, seed))).isEqualTo(kp);
            assertThat(read(shuffled(SC, seed))).isEqualTo(sc);
        }
    }

    private static String shuffled(List<String> pairs, int seed) {
        List<String> shuffled = new ArrayList<>(pairs);
        shuffled.add("'newer':{'url':'x','target':1,'measurement_time':[]}");
        Collections.shuffle(shuffled, new Random(seed));
        return "{" + String.join(",", shuffled) + "}";
    }

    @Test
    void whatIsNeitherIsReadAsOurs() throws NotAHeartbeatException {
        assertThat(RecordReader.read(Wire.golden("heartbeat-1.json"), "sites", Wire.RECEIVED)).isEqualTo(Wire.full());
        assertThat(RecordReader.read(Wire.golden("ph-1.json"), "sites", Wire.RECEIVED))
                .isEqualTo(HeartbeatReader.read(Wire.golden("ph-1.json"), Wire.RECEIVED));
    }

    @Test
    void ourRecordSaysWhereWasAskedForWhat() throws NotAHeartbeatException {
        Observation read = golden("heartbeat-3.json");

        assertThat(read.target().name()).isEqualTo("portal");
        assertThat(read.asked()).isEqualTo(new Asked("https://bücher.example/漢?q=😀", "Guten \"Tag\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', value = { "0|UNREACHABLE|no answer", "null|UNREACHABLE|no answer",
            "404|REJECTED|status 404", "503|REJECTED|status 503" })
    void aStatusThatIsNoneOrAnErrorIsDown(String status, Reason reason, String detail) throws NotAHeartbeatException {
        assertThat(observation(kp("status_code", status)).outcome()).isEqualTo(Outcome.down(reason, detail));
    }

    @ParameterizedTest
    @ValueSource(strings = { "200", "204", "301", "399" })
    void anyOtherStatusIsUp(String status) throws NotAHeartbeatException {
        assertThat(observation(kp("status_code", status)).outcome()).isEqualTo(Outcome.UP);
    }

    @Test
    void aMatchThatFailedIsDown() throws NotAHeartbeatException {
        assertThat(observation(kp("regex_match", "false")).outcome())
                .isEqualTo(Outcome.down(Reason.MISMATCH, "the body does not match"));
    }

    @Test
    void aRecordWithNothingButItsTwoKeysHadNoAnswer() throws NotAHeartbeatException {
        Observation read = observation("{'url':'https://a.example','measurement_time':'2026-11-21T10:00:00'}");

        assertThat(read.outcome()).isEqualTo(Outcome.down(Reason.UNREACHABLE, "no answer"));
        assertThat(read.latency()).isNull();
    }

    @ParameterizedTest
    @CsvSource({ "2026-11-21T10:00:00, 2026-11-21T10:00:00Z", "2026-11-21T10:00:00.5, 2026-11-21T10:00:00.500Z",
            "2026-11-21 10:00:00.000001, 2026-11-21T10:00:00.000001Z", "2026-11-21T10:00:00+02:00, 2026-11-21T08:00:00Z",
            "2026-11-21T10:00:00.123456Z, 2026-11-21T10:00:00.123456Z",
            "2026-11-21T10:00:00.1234567-05:30, 2026-11-21T15:30:00.123456Z" })
    void aTimeWithoutOffsetIsUtcAndAnOffsetCounts(String written, Instant meant) throws NotAHeartbeatException {
        assertThat(observation(kp("measurement_time", "'" + written + "'")).at()).isEqualTo(meant);
    }

    @Test
    void aUserAndPasswordAreOfTheAddressAndNotOfTheName() throws NotAHeartbeatException {
        Observation read = observation(kp("url", "'https://me:hush@a.example/x'"));

        assertThat(read.target().name()).isEqualTo("https://a.example/x");
        assertThat(read.address()).isEqualTo("https://me:hush@a.example/x");
    }

    @Test
    void anAddressKeepsItsPartAndOthersHaveTheirs() throws NotAHeartbeatException {
        int part = read(kp("url", "'https://a.example/Aa'")).part();

        assertThat(read(kp("url", "'https://a.example/Aa'").replace("200", "500")).part()).isEqualTo(part).isPositive();
        assertThat(read(kp("url", "'https://a.example/BB'")).part()).isNotEqualTo(part);
    }

    @Test
    void whatWasBeforeItsTimeIsStillInOrder() throws NotAHeartbeatException {
        assertThat(read(kp("measurement_time", "'1969-12-31T23:59:59'")).sequence()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', value = { "status_code|'200'|status_code: not a whole number",
            "status_code|1000|status_code: out of range", "status_code|-1|status_code: out of range",
            "response_time|'fast'|response_time: not a number of seconds", "response_time|-0.1|response_time: out of range",
            "response_time|1e400|response_time: out of range", "regex_match|1|regex_match: not true or false",
            "url|null|url: not a text", "url|' '|url: blank", "url|[]|url: not a text",
            "measurement_time|null|measurement_time: not a text", "measurement_time|1677672000|measurement_time: not a text",
            "measurement_time|'yesterday'|measurement_time: not an instant",
            "measurement_time|'2026-02-30T00:00:00'|measurement_time: not an instant",
            "measurement_time|'+999999999-01-01T00:00:00'|measurement_time: not an instant",
            "response_time|NaN|not JSON", "response_time|Infinity|not JSON" })
    void aWrongHealthcheckIsRefusedWithItsReason(String key, String value, String reason) {
        assertThatThrownBy(() -> read(kp(key, value))).isInstanceOf(NotAHeartbeatException.class).hasMessage(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', value = { "timestamp|'now'|timestamp: not a number of seconds since 1970",
            "timestamp|null|timestamp: not a number of seconds since 1970", "timestamp|-1|timestamp: out of range",
            "timestamp|1e300|timestamp: out of range", "timestamp|253402300800|timestamp: out of range",
            "target|{}|target: not a text", "target|''|target: blank", "error|5|error: not a text",
            "latency_ms|true|latency_ms: not a number of milliseconds", "latency_ms|1e12|latency_ms: out of range",
            "status|200.5|status: not a whole number", "pattern|1|pattern: not a text",
            "is_pattern_found|'yes'|is_pattern_found: not true or false" })
    void aWrongMetricIsRefusedWithItsReason(String key, String value, String reason) {
        assertThatThrownBy(() -> read(sc(key, value))).isInstanceOf(NotAHeartbeatException.class).hasMessage(reason);
    }

    @Test
    void aMetricWithoutItsTimeIsRefused() {
        assertThatThrownBy(() -> read("{'target':'https://a.example','latency_ms':1}")).hasMessage("timestamp: missing");
    }

    @Test
    void ofAKeyThatComesTwiceTheLastCounts() throws NotAHeartbeatException {
        assertThat(observation(kp("status_code", "500,'status_code':200")).outcome()).isEqualTo(Outcome.UP);
    }
}
