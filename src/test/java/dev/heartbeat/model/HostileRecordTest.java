package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Is whatever may stand in a log either a heartbeat that can be said again in every layout, or refused, and nothing else? */
class HostileRecordTest {
    private static final List<String> VALUES = List.of("null", "true", "-1", "0", "1.5", "1e400", "-1e400", "1e-400", "NaN",
            "9223372036854775807", "9223372036854775808", "2147483648", "1e999999999", "9".repeat(900), "9".repeat(5000),
            "'text'", "''", "[]", "{}", "[[]]", "'+999999999-12-31T23:59:59.999999999+18:00'", "'2026-11-21T10:00:00Z'",
            "'-999999999-01-01T00:00:00'", "'2026-11-21T24:00:00'", "'2026-11-21T10:00:00+99:99'", "'\\ud800'",
            "253402300799.9999999");

    /** A heartbeat, or null where it is none; anything else fails the test. */
    private static Heartbeat read(byte[] body) {
        try {
            Heartbeat read = RecordReader.read(body, "topic", Wire.RECEIVED);
            for (Observation observation : read.observations()) {
                for (RecordLayout layout : RecordLayout.values()) {
                    Heartbeat one = new Heartbeat(read.source(), read.boot(), read.sequence(), observation.at(),
                            read.interval(),
                            read.part(), read.parts(), null, null, List.of(observation));
                    assertThat(RecordReader.read(RecordWriter.write(layout, one), "topic", Wire.RECEIVED).observations())
                            .hasSize(1);
                }
            }
            return read;
        } catch (NotAHeartbeatException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(100).matches("[\\w ,:._]+");
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "kp-1.json", "kp-2.json", "sc-1.json", "sc-2.json", "heartbeat-3.json", "healthcheck-1.json",
            "healthcheck-2.json", "metrics-1.json", "metrics-2.json" })
    void everyTruncationIsRefusedAndTheWholeIsRead(String file) {
        byte[] whole = new String(Wire.golden(file), StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            assertThat(read(Arrays.copyOf(whole, length))).isNull();
        }
        assertThat(read(whole)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "kp-1.json", "sc-1.json", "sc-2.json", "heartbeat-3.json" })
    void everyMutationIsAHeartbeatOrRefused(String file) {
        byte[] whole = Wire.golden(file);
        Random random = new Random(4711);
        for (int i = 0; i < 3000; i++) {
            byte[] body = whole.clone();
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                int at = random.nextInt(body.length);
                body[at] = random.nextBoolean() ? (byte) random.nextInt(256)
                        : (byte) "{}[]\",:0e-\\nt".charAt(random.nextInt(13));
            }
            read(body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "status_code", "response_time", "regex_match", "url", "measurement_time", "timestamp", "target",
            "error", "latency_ms", "status", "pattern", "is_pattern_found" })
    void everyKeyWithEveryTypeIsAHeartbeatOrRefused(String key) {
        for (String value : VALUES) {
            read(Wire.bytes("{'" + key + "':" + value + "}"));
            read(Wire.bytes("{'measurement_time':'2026-11-21T10:00:00','url':'a','" + key + "':" + value + "}"));
            read(Wire.bytes("{'target':'a','timestamp':1,'" + key + "':" + value + "}"));
            read(Wire.bytes("{'" + key + "':" + value + ",'target':'a','timestamp':1,'measurement_time':'x','url':1}"));
        }
    }

    @Test
    void aHundredThousandLevelsAreRefused() {
        for (String opening : List.of("[", "{\"url\":", "{\"url\":[", "{\"target\":{\"x\":")) {
            assertThat(read(opening.repeat(100_000).getBytes(StandardCharsets.UTF_8))).isNull();
        }
        assertThat(read(Wire.bytes("{'url':'a','measurement_time':'2026-11-21T10:00:00','x':" + "[".repeat(100_000)
                + "]".repeat(100_000) + "}"))).isNull();
    }

    @Test
    void randomBytesAreRefused() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] body = new byte[random.nextInt(300)];
            random.nextBytes(body);
            assertThat(read(body)).isNull();
        }
    }
}
