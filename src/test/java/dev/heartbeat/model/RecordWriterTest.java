package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Is a record in each layout what its readers have always read, and does it keep what the layout has words for? */
class RecordWriterTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123456Z");
    private static final Target SITE = new Target(Kind.WEBSITE, "portal");
    private static final Asked ASKED = new Asked("https://bücher.example/漢?q=😀", "Guten \"Tag\"");

    private static Observation site(Outcome outcome, Evidence evidence, Duration latency) {
        return new Observation(SITE, outcome, AT, latency, evidence, ASKED);
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    private static Observation good() {
        return site(Outcome.UP, new Evidence(200, true, Instant.parse("2027-02-01T00:00:00Z")),
                Duration.ofNanos(2_500_001_000L));
    }

    private static Observation mismatch() {
        return site(Outcome.down(Reason.MISMATCH, "the body does not match"), new Evidence(200, false, null),
                Duration.ofMillis(81));
    }

    private static Observation rejected() {
        return site(Outcome.down(Reason.REJECTED, "status 503, expected 200-399"), new Evidence(503, null, null),
                Duration.ofNanos(12_000));
    }

    private static Observation silent() {
        return site(Outcome.down(Reason.TIMED_OUT, "no answer within 10s"), null, Duration.ofSeconds(10));
    }

    private static Heartbeat said(Observation observation) {
        return new Heartbeat("oslo", "20261121T095500.000Z-7f3a", 42, AT, Duration.ofSeconds(30), 2, 3, "c0ffee", null,
                List.of(observation));
    }

    private static String write(RecordLayout layout, Observation observation) {
        return new String(RecordWriter.write(layout, said(observation)), StandardCharsets.UTF_8);
    }

    private static String golden(String name) {
        return new String(Wire.golden(name), StandardCharsets.UTF_8);
    }

    @Test
    void eachLayoutIsItsGoldenFileByteForByte() {
        assertThat(write(RecordLayout.HEARTBEAT, good())).isEqualTo(golden("heartbeat-3.json"));
        assertThat(write(RecordLayout.HEALTHCHECK, good())).isEqualTo(golden("healthcheck-1.json"));
        assertThat(write(RecordLayout.HEALTHCHECK, silent())).isEqualTo(golden("healthcheck-2.json"));
        assertThat(write(RecordLayout.METRICS, good())).isEqualTo(golden("metrics-1.json"));
        assertThat(write(RecordLayout.METRICS, silent())).isEqualTo(golden("metrics-2.json"));
    }

    @Test
    void ourRecordHasNothingOfPh() throws IOException {
        assertThat(keys(write(RecordLayout.HEARTBEAT, good()))).doesNotContain("status", "service", "timestamp", "hosts",
                "rmq_consumers");
    }

    @Test
    void aWrongStatusIsKeptInEveryLayout() throws IOException {
        assertThat(json(write(RecordLayout.HEALTHCHECK, rejected())).get("status_code").asInt()).isEqualTo(503);
        JsonNode metrics = json(write(RecordLayout.METRICS, rejected()));
        assertThat(metrics.get("status").asInt()).isEqualTo(503);
        assertThat(metrics.get("error").asText()).isEqualTo("REJECTED: status 503, expected 200-399");
    }

    @Test
    void aPatternThatIsNotFoundIsNoErrorAmongMetrics() throws IOException {
        JsonNode metrics = json(write(RecordLayout.METRICS, mismatch()));

        assertThat(metrics.get("error").isNull()).isTrue();
        assertThat(metrics.get("is_pattern_found").asBoolean(true)).isFalse();
        assertThat(metrics.get("pattern").asText()).isEqualTo(ASKED.pattern());
    }

    @Test
    void whatBrokeOffAfterItsStatusIsAFailedRequestOfTheHealthcheck() throws IOException {
        Observation broken = site(Outcome.down(Reason.TIMED_OUT, "the body never ended"), new Evidence(200, null, null),
                Duration.ofSeconds(5));

        assertThat(json(write(RecordLayout.HEALTHCHECK, broken)).get("status_code").asInt()).isZero();
    }

    @Test
    void anotherKindIsSaidByItsAddress() throws IOException, NotAHeartbeatException {
        Observation host = new Observation(new Target(Kind.HOST, "db"), Outcome.UP, AT, Duration.ofMillis(3), null,
                new Asked("db.internal:5432", null));

        for (RecordLayout layout : List.of(RecordLayout.HEALTHCHECK, RecordLayout.METRICS)) {
            Observation read = read(write(layout, host));
            assertThat(read.target()).isEqualTo(new Target(Kind.WEBSITE, "db.internal:5432"));
            assertThat(read.outcome()).isEqualTo(Outcome.UP);
        }
    }

    @Test
    void aHealthEndpointIsSaidAndTheChecksBehindItsAddressOnlyInOurs() {
        Target endpoint = new Target(Kind.HEALTH, "portal");
        Observation itself = new Observation(endpoint, Outcome.UP, AT, null, null, ASKED);
        Observation check = new Observation(NamedCheck.of(endpoint, "db"), Outcome.UP, AT, null, null, ASKED);

        for (RecordLayout layout : RecordLayout.values()) {
            assertThat(RecordWriter.canSay(layout, itself)).isTrue();
            assertThat(RecordWriter.canSay(layout, check)).isEqualTo(layout == RecordLayout.HEARTBEAT);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 0, 1, 999, 1000, 1001, 250_000, 1_000_000, 2_500_001, 86_400_000_000L })
    void everyMicrosecondIsKept(long micros) throws NotAHeartbeatException {
        Observation written = site(Outcome.UP, new Evidence(204, null, null), Duration.ofNanos(micros * 1000));

        for (RecordLayout layout : RecordLayout.values()) {
            String record = write(layout, written);
            assertThat(layout == RecordLayout.HEARTBEAT ? "" : record).doesNotContainPattern("\\d[eE][+-]?\\d+[,}]");
            assertThat(read(record).latency()).as(record).isEqualTo(written.latency());
            assertThat(read(record).at()).isEqualTo(AT);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ourLayoutKeepsEveryObservation(long seed) throws NotAHeartbeatException {
        for (Observation observation : Wire.random(seed).observations()) {
            byte[] record = RecordWriter.write(RecordLayout.HEARTBEAT, said(observation));

            Heartbeat read = RecordReader.read(record, "topic", Wire.RECEIVED);

            assertThat(RecordWriter.write(RecordLayout.HEARTBEAT, read)).isEqualTo(record);
            Observation kept = read.observations().get(0);
            assertThat(kept.at()).isEqualTo(observation.at());
            assertThat(kept.evidence()).isEqualTo(observation.evidence());
            assertThat(kept.address()).isEqualTo(Characters.whole(observation.address()));
            assertThat(kept.latency()).isEqualTo(
                    observation.latency() == null ? null : observation.latency().truncatedTo(ChronoUnit.MICROS));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOthersLayoutsKeepWhatTheyCan(long seed) throws NotAHeartbeatException, IOException {
        for (Observation random : Wire.random(seed).observations()) {
            boolean known = random.outcome().health() != Health.UNKNOWN && !NamedCheck.is(random.target());
            for (RecordLayout layout : List.of(RecordLayout.HEALTHCHECK, RecordLayout.METRICS)) {
                assertThat(RecordWriter.canSay(layout, random)).isEqualTo(known);
                String record = write(layout, random);
                Observation read = read(record);
                assertThat(read.address()).isEqualTo(Characters.whole(random.address()));
                assertThat(read.at()).isEqualTo(random.at());
                assertThat(keys(record)).isEqualTo(layout == RecordLayout.METRICS ? SEVEN : FIVE);
            }
        }
    }

    private static final List<String> FIVE = List.of("status_code", "response_time", "regex_match", "url", "measurement_time");
    private static final List<String> SEVEN = List.of("timestamp", "target", "error", "latency_ms", "status", "pattern",
            "is_pattern_found");

    static Stream<Observation> outcomes() {
        return Stream.of(good(), mismatch(), rejected(), silent());
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void metricsKeepOutcomeReasonEvidenceAndPattern(Observation written) throws NotAHeartbeatException {
        Observation read = read(write(RecordLayout.METRICS, written));

        assertThat(read.outcome()).isEqualTo(written.outcome());
        assertThat(read.asked()).isEqualTo(written.asked());
        assertThat(read.latency()).isEqualTo(written.latency());
        assertThat(read.evidence() == null).isEqualTo(written.evidence() == null);
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void theHealthcheckKeepsHealthStatusAndMatch(Observation written) throws NotAHeartbeatException {
        Observation read = read(write(RecordLayout.HEALTHCHECK, written));

        assertThat(read.outcome().health()).isEqualTo(written.outcome().health());
        assertThat(read.evidence() == null ? null : read.evidence().status())
                .isEqualTo(written.evidence() == null ? null : written.evidence().status());
        assertThat(read.evidence() == null ? null : read.evidence().match())
                .isEqualTo(written.evidence() == null ? null : written.evidence().match());
    }

    @ParameterizedTest
    @EnumSource(RecordLayout.class)
    void noInstantKeepsUsFromSpeaking(RecordLayout layout) throws NotAHeartbeatException {
        for (Instant at : List.of(Instant.MIN, Instant.MAX, Instant.EPOCH.minusNanos(1))) {
            Observation observation = new Observation(SITE, Outcome.UP, at);
            assertThat(RecordWriter.write(layout, said(observation))).isNotEmpty();
        }
    }

    @Test
    void aRecordHoldsOneObservation() {
        assertThatThrownBy(() -> RecordWriter.write(RecordLayout.METRICS, Wire.full()))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("a record holds one observation, not 11");
    }

    private static Observation read(String record) throws NotAHeartbeatException {
        return RecordReader.read(record.getBytes(StandardCharsets.UTF_8), "topic", Wire.RECEIVED).observations().get(0);
    }

    private static JsonNode json(String record) throws IOException {
        return new ObjectMapper().readTree(record);
    }

    private static List<String> keys(String record) throws IOException {
        return json(record).properties().stream().map(Map.Entry::getKey).toList();
    }
}
