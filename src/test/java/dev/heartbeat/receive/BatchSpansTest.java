package dev.heartbeat.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.transport.Delivery;
import dev.heartbeat.transport.Origin;
import dev.heartbeat.transport.Traces;
import dev.heartbeat.transport.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;

class BatchSpansTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-21T12:00:01Z");
    private static final String BODY = """
            {"version": 1, "source": "%s", "boot": "b", "sequence": 1, "at": "2026-11-21T12:00:00Z", "interval": 60,
             "observations": []}""";
    private final Tracing tracing = new Tracing();

    @Test
    void manyRecordsOfOnePublishingAreOneSpanInItsTrace() {
        BatchSpans spans = spans(IntStream.range(0, 500).mapToObj(i -> message("zone", parent(7))).toList());
        spans.end();
        SpanData process = tracing.ended().get(0);
        assertThat(tracing.ended()).hasSize(1);
        assertThat(process.getName()).isEqualTo("process t");
        assertThat(process.getTraceId()).isEqualTo(trace(7));
        assertThat(process.getAttributes().get(AttributeKey.longKey("messaging.batch.message_count"))).isEqualTo(500);
        assertThat(process.getStartEpochNanos()).isEqualTo(RECEIVED.getEpochSecond() * 1_000_000_000L);
    }

    @Test
    void aBacklogMakesABoundedNumberOfSpans() {
        spans(IntStream.range(1, 500).mapToObj(i -> message("zone", parent(i))).toList()).end();
        assertThat(tracing.ended()).hasSize(BatchSpans.MOST);
    }

    @Test
    void whatIsDoneOnceForManyIsAPartOfTheFirstAndLinkedToTheOthers() {
        BatchSpans spans = spans(List.of(message("a", parent(1)), message("b", parent(2)), message("a", parent(3))));
        spans.step("commit", "a").end();
        SpanData commit = tracing.ended().get(0);
        assertThat(commit.getTraceId()).isEqualTo(trace(1));
        assertThat(commit.getLinks()).extracting(link -> link.getSpanContext().getTraceId()).containsExactly(trace(3));
        spans.step("write history").end();
        assertThat(tracing.ended().get(1).getLinks()).hasSize(2);
        spans.end();
        assertThat(commit.getParentSpanId()).isEqualTo(tracing.ended().get(2).getSpanId());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "nonsense", "00-0-0-0", "00-00000000000000000000000000000000-0000000000000000-01" })
    void whatSaysNothingOfATraceBeginsOneOfItsOwn(String header) {
        spans(List.of(message("a", header))).end();
        assertThat(tracing.ended()).singleElement().satisfies(span -> {
            assertThat(span.getParentSpanContext().isValid()).isFalse();
            assertThat(span.getSpanContext().isValid()).isTrue();
        });
    }

    @Test
    void whatIsNoHeartbeatIsCountedAsParked() {
        Message<byte[]> poison = message("zone", parent(1)).withPayload("{".getBytes(StandardCharsets.UTF_8));
        spans(List.of(poison)).end();
        assertThat(tracing.ended().get(0).getAttributes().get(AttributeKey.longKey("heartbeat.parked"))).isEqualTo(1);
    }

    @Test
    void whatFailsIsToldAsAnError() {
        spans(List.of(message("a", parent(1)))).failed(new IllegalStateException("away"));
        assertThat(tracing.ended().get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(tracing.ended().get(0).getStatus().getDescription()).isEqualTo("away");
    }

    @Test
    void whereNobodyCollectsNothingIsMade() {
        Batch batch = Batch.read(List.of(message("a", parent(1))));
        assertThat(BatchSpans.of(Traces.OFF, batch)).isSameAs(BatchSpans.NONE);
        assertThat(BatchSpans.NONE.step("commit", "a").isNone()).isTrue();
    }

    private BatchSpans spans(List<Message<byte[]>> messages) {
        return BatchSpans.of(tracing.traces(), Batch.read(messages));
    }

    private static String trace(int number) {
        return String.format("%032x", number);
    }

    private static String parent(int number) {
        return "00-" + trace(number) + "-" + String.format("%016x", number) + "-01";
    }

    private static Message<byte[]> message(String source, String header) {
        Origin origin = new Origin() {
            @Override
            public String system() {
                return "kafka";
            }

            @Override
            public String destination() {
                return "t";
            }

            @Override
            public String header(String name) {
                return name.equals("traceparent") && !header.isEmpty() ? header : null;
            }
        };
        return Message.of(BODY.formatted(source).getBytes(StandardCharsets.UTF_8),
                Metadata.of(new Delivery(RECEIVED, false, null, origin)));
    }
}
