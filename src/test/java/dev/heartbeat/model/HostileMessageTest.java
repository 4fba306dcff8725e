package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Is whatever may come either a heartbeat or refused, and nothing else? */
class HostileMessageTest {
    private static final List<String> KEYS = List.of("service", "hosts", "rmq_consumers", "source", "boot", "sequence", "at",
            "interval",
            "part", "parts", "config", "targets", "observations");
    private static final List<String> VALUES = List.of("null", "true", "-1", "0", "1.5", "1e400", "-1e400", "1e-400",
            "9223372036854775807", "9223372036854775808", "2147483648", "9".repeat(900), "9".repeat(5000), "'text'", "''", "[]",
            "{}",
            "[1]", "['x']", "[[]]", "[{}]", "[null]", "{'host':1}", "{'host':[1]}", "{'host':[null]}", "{'queues_status':{}}",
            "{'services_status':[[]]}", "'2026-11-21T10:00:00Z'", "'\\ud800'");

    /** A heartbeat, or null where it is none; anything else fails the test. */
    private static Heartbeat read(byte[] body) {
        try {
            Heartbeat heartbeat = HeartbeatReader.read(body, Wire.RECEIVED);
            assertThat(HeartbeatWriter.write(withInstant(heartbeat))).isNotEmpty();
            return heartbeat;
        } catch (NotAHeartbeatException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(100).matches("[\\w ,:._]+");
            return null;
        }
    }

    private static Heartbeat withInstant(Heartbeat heard) {
        return heard.at() != null ? heard
                : new Heartbeat(heard.source(), heard.boot(), heard.sequence(), Wire.RECEIVED, heard.interval(), heard.part(),
                        heard.parts(), heard.config(), heard.targets(), heard.observations());
    }

    @ParameterizedTest
    @ValueSource(strings = { "heartbeat-1.json", "heartbeat-2.json", "ph-1.json", "ph-2.json", "ph-3.json" })
    void everyTruncationIsRefused(String file) {
        byte[] whole = Wire.golden(file);
        for (int length = 0; length < whole.length; length++) {
            assertThat(read(Arrays.copyOf(whole, length))).isNull();
        }
        assertThat(read(whole)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "heartbeat-1.json", "ph-1.json" })
    void everyMutationIsAHeartbeatOrRefused(String file) {
        byte[] whole = Wire.golden(file);
        Random random = new Random(4711);
        for (int i = 0; i < 2000; i++) {
            read(mutated(whole, random));
        }
    }

    private static byte[] mutated(byte[] whole, Random random) {
        byte[] body = whole.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(body.length - 1);
            int length = random.nextInt(Math.min(20, body.length - at));
            switch (random.nextInt(4)) {
                case 0 -> body[at] = (byte) random.nextInt(256);
                case 1 -> body[at] = (byte) "{}[]\",:0e-\\nt".charAt(random.nextInt(13));
                case 2 -> System.arraycopy(whole, random.nextInt(whole.length - length), body, at, length);
                default -> {
                    System.arraycopy(body, at + length, body, at, body.length - at - length);
                    body = Arrays.copyOf(body, body.length - length);
                }
            }
        }
        return body;
    }

    @Test
    void everyKeyWithEveryTypeIsAHeartbeatOrRefused() {
        for (String key : KEYS) {
            for (String value : VALUES) {
                read(Wire.bytes("{'hosts':[],'" + key + "':" + value + "}"));
                read(Wire.bytes("{'" + key + "':" + value + ",'hosts':[{'name':'a','status':'ok'}]}"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "kind", "name", "outcome", "reason", "detail", "at", "latency", "code", "match",
            "certificate_expiry" })
    void everyKeyOfAnObservationWithEveryTypeIsAHeartbeatOrRefused(String key) {
        for (String value : VALUES) {
            Heartbeat read = read(Wire.bytes("{'observations':[{'kind':'host','name':'a','outcome':'up','" + key + "':" + value
                    + "},{'kind':'host','name':'b','outcome':'up'}]}"));

            assertThat(read == null || read.observations().size() + (key.equals("kind") ? 1 : 0) >= 2).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "[]", "1", "'x'", "null" })
    void aMatchThatIsNeitherTrueNorFalseIsRefused(String value) {
        assertThatThrownBy(() -> HeartbeatReader.read(
                Wire.bytes("{'observations':[{'kind':'host','name':'a','outcome':'up','match':" + value + "}]}"),
                Wire.RECEIVED))
                .hasMessage("observations.match: not true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = { "[", "{\"a\":", "{\"hosts\":[{\"x\":[", "{\"observations\":[{\"x\":{\"y\":" })
    void aHundredThousandLevelsAreRefused(String opening) {
        byte[] body = opening.repeat(100_000).getBytes(StandardCharsets.UTF_8);

        assertThat(read(body)).isNull();
        assertThat(read(Wire.bytes("{'hosts':[],'x':" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "UTF-16", "UTF-16LE", "UTF-32", "ISO-8859-1" })
    void otherEncodingsAreAHeartbeatOrRefused(String charset) throws UnsupportedEncodingException {
        read(new String(Wire.golden("heartbeat-1.json"), StandardCharsets.UTF_8).getBytes(charset));
    }

    @Test
    void halfACharacterIsReadAsTheSignForOne() throws NotAHeartbeatException {
        Heartbeat read = HeartbeatReader.read(Wire.bytes("{'hosts':[{'name':'a\\ud83d','status':'ok'}]}"), Wire.RECEIVED);

        assertThat(read.observations().get(0).target().name()).isEqualTo("a\ufffd");
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
