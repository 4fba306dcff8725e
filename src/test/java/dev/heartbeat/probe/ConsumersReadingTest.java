package dev.heartbeat.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonToken;

class ConsumersReadingTest {
    /** As RabbitMQ 3.10 says it, two of three consumers; the first field of the third is not a consumer's own tag. */
    private static final String CONSUMERS = """
            [{"arguments":{"consumer_tag":"x","queue":{"name":"x"}},"ack_required":true,"active":false,"activity_status":"waiting",
              "channel_details":{"name":"127.0.0.1:39796 -> 127.0.0.1:35672 (4)","number":4,"user":"guest"},"consumer_tag":"second",
              "exclusive":false,"prefetch_count":1,"queue":{"name":"q/ é日","vhost":"/"}},
             {"active":true,"activity_status":"up","consumer_tag":"mq-interceptor-1","queue":{"name":"q1","vhost":"/"}},
             {"active":true,"activity_status":"up","consumer_tag":"any","queue":{"name":"not configured","vhost":"/"}}]
            """;

    @Test
    void consumersOfConfiguredQueuesAreRead() throws IOException {
        assertThat(JsonWalk.read(CONSUMERS.getBytes(UTF_8), ConsumersReading.ofVhost(Set.of("q/ é日", "q1", "none")))).isEqualTo(
                Map.of("q/ é日", List.of(new AttachedConsumer("second", "waiting", false)),
                        "q1", List.of(new AttachedConsumer("mq-interceptor-1", "up", true))));
    }

    @Test
    void itDoesNotMatterHowTheTextIsCut() throws IOException {
        ConsumersReading reading = ConsumersReading.ofVhost(Set.of("q/ é日", "q1"));
        JsonWalk<?> walk = new JsonWalk<>(reading);
        for (byte single : CONSUMERS.getBytes(UTF_8)) {
            walk.feed(new byte[] { single });
        }
        assertThat(walk.end()).isEqualTo(
                JsonWalk.read(CONSUMERS.getBytes(UTF_8), ConsumersReading.ofVhost(Set.of("q/ é日", "q1"))));
    }

    @Test
    void whatIsMissingOrNullStaysUnsaid() throws IOException {
        String text = """
                [{}, {"queue":null}, {"queue":"q"}, {"consumer_tag":"lost"}, {"queue":{"name":"q"}},
                 {"queue":{"name":"q"},"consumer_tag":null,"activity_status":null,"active":null}, 7, null]
                """;
        assertThat(JsonWalk.read(text.getBytes(UTF_8), ConsumersReading.ofVhost(Set.of("q"))))
                .isEqualTo(Map.of("q", List.of(new AttachedConsumer(null, null, null),
                        new AttachedConsumer(null, null, null))));
    }

    @Test
    void detailsOfOneQueueAreRead() throws IOException {
        String text = """
                {"name":"q","consumer_tag":"not one","arguments":{"active":false},
                 "consumer_details":[{"consumer_tag":"a","activity_status":"single_active","active":true,"queue":{"name":"other"}},{}]}
                """;
        assertThat(JsonWalk.read(text.getBytes(UTF_8), ConsumersReading.ofQueue("q"))).isEqualTo(Map.of("q",
                List.of(new AttachedConsumer("a", "single_active", true), new AttachedConsumer(null, null, null))));
    }

    @Test
    void noDetailsAreNotTheSameAsNoConsumers() throws IOException {
        assertThat(JsonWalk.read("{\"name\":\"q\"}".getBytes(UTF_8), ConsumersReading.ofQueue("q"))).isEmpty();
        assertThat(JsonWalk.read("{\"consumer_details\":[]}".getBytes(UTF_8), ConsumersReading.ofQueue("q")))
                .containsEntry("q", List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "{", "{}", "7", "null", "[", "[{", "[{\"queue\":", "[]]", "[] []", "<html></html>", "[}",
            "[,]",
            "[\u0000]", "\"text\"" })
    void anythingButAListIsRefused(String text) {
        assertThatThrownBy(() -> JsonWalk.read(text.getBytes(UTF_8), ConsumersReading.ofVhost(Set.of("q"))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void absurdNestingIsRefused() {
        assertThatThrownBy(() -> JsonWalk.read("[".repeat(100_000).getBytes(UTF_8), ConsumersReading.ofVhost(Set.of("q"))))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"tags\":[\"a\",\"b\"]}",
            "{\"name\":\"a\",\"tags\":[\"a\",null,\"b\",\"a\"],\"x\":{\"tags\":\"c\"}}" })
    void valuesAtOnePathAreRead(String text) throws IOException {
        assertThat(JsonWalk.read(text.getBytes(UTF_8), new ValuesReading(JsonToken.START_OBJECT, "tags")))
                .containsExactly("a", "b");
    }
}
