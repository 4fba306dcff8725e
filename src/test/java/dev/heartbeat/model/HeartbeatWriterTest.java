package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Is what we say the same as ever, and can PH read it? */
class HeartbeatWriterTest {
    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @Test
    void aFullHeartbeatIsTheGoldenFileByteForByte() {
        assertThat(new String(HeartbeatWriter.write(Wire.full()))).isEqualTo(new String(Wire.golden("heartbeat-1.json")));
    }

    @Test
    void aHeartbeatOfNothingIsTheGoldenFileByteForByte() {
        Heartbeat empty = new Heartbeat("publisher", "boot", 1, Wire.AT, Duration.ofSeconds(60), 1, 1, "c0ffee", null,
                List.of());

        assertThat(new String(HeartbeatWriter.write(empty))).isEqualTo(new String(Wire.golden("heartbeat-2.json")));
    }

    @Test
    void theGoldenFileIsReadBackEqual() throws NotAHeartbeatException {
        assertThat(HeartbeatReader.read(Wire.golden("heartbeat-1.json"), Wire.RECEIVED)).isEqualTo(Wire.full());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverWeSayIsReadBackEqual(long seed) throws NotAHeartbeatException {
        byte[] body = HeartbeatWriter.write(Wire.random(seed));

        Heartbeat read = HeartbeatReader.read(body, Wire.RECEIVED);

        assertThat(HeartbeatWriter.write(read)).isEqualTo(body);
        assertThat(read.observations()).hasSameSizeAs(Wire.random(seed).observations());
    }

    @Test
    void phsSubscriberReadsOurs() throws IOException {
        assertThat(PhSubscriber.keys(HeartbeatWriter.write(Wire.full()))).containsExactly("service:sda-db:ok",
                "service:sda-doa:not_ok", "service:portal \"ö\" 😀:ok", "service:intranet:not_ok", "queue:inbox:not_ok",
                "queue:archived:ok", "service:mq-interceptor:not_ok", "service:sda-verify:not_ok");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void phsSubscriberReadsWhateverWeSay(long seed) throws IOException {
        Heartbeat heartbeat = Wire.random(seed);

        assertThat(PhSubscriber.keys(HeartbeatWriter.write(heartbeat))).hasSameSizeAs(heartbeat.observations().stream()
                .filter(observation -> PhKey.has(observation.target())).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = { "ph-1.json", "ph-2.json", "ph-3.json" })
    void ourIdeaOfPhsSubscriberReadsWhatPhSays(String file) throws IOException {
        assertThat(PhSubscriber.keys(Wire.golden(file))).hasSize(12).contains("queue:archived:not_ok");
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'hosts':[]}", "{'rmq_consumers':{'queues_status':[]}}",
            "{'hosts':[{'name':'a','status':'ok','timestamp':'2024-11-11 13:40:17 UTC','latency':1}],"
                    + "'rmq_consumers':{'queues_status':[],'services_status':[]}}",
            "{'hosts':[{'name':'a','status':'ok','timestamp':'2024-11-11T13:40:17Z'}],"
                    + "'rmq_consumers':{'queues_status':[],'services_status':[]}}" })
    void ourIdeaOfPhsSubscriberIsAsStrictAsPh(String json) {
        assertThatThrownBy(() -> PhSubscriber.keys(Wire.bytes(json))).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "-1000000000-01-01T00:00:00Z", "0000-12-31T23:59:59Z", "9999-12-31T23:59:59.999Z",
            "+1000000000-12-31T23:59:59.999999999Z" })
    void noInstantKeepsUsFromSpeaking(Instant at) throws IOException {
        Heartbeat heartbeat = new Heartbeat("s", "b", 1, at, Duration.ZERO, 1, 1, null, null,
                List.of(new Observation(new Target(Kind.HOST, "h"), Outcome.UP, at)));

        assertThat(PhSubscriber.keys(HeartbeatWriter.write(heartbeat))).hasSize(1);
    }
}
