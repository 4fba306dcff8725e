package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import dev.heartbeat.transport.TraceSpan;
import dev.heartbeat.transport.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;

class RoundTraceTest {
    @Test
    void countsAllTargetsAndNamesSomeOfThoseThatAreNotUpWithoutTheirDetails() {
        Tracing tracing = new Tracing();
        TraceSpan round = tracing.traces().begin("round");
        List<Observation> found = IntStream.range(0, 10_000).mapToObj(i -> observation(i, i < 9_900 ? Outcome.UP
                : Outcome.down(Reason.MISMATCH, "s3cret"))).toList();
        RoundTrace.tell(round, Duration.ofSeconds(1), found);
        round.end();
        SpanData span = tracing.ended().get(0);
        assertThat(span.getAttributes().get(AttributeKey.longKey("heartbeat.targets"))).isEqualTo(10_000);
        assertThat(span.getAttributes().get(AttributeKey.longKey("heartbeat.targets_down"))).isEqualTo(100);
        assertThat(span.getEvents()).hasSize(RoundTrace.MOST).allSatisfy(
                event -> assertThat(event.getAttributes().asMap().toString()).contains("MISMATCH").doesNotContain("s3cret"));
    }

    private static Observation observation(int number, Outcome outcome) {
        return new Observation(new Target(Kind.HOST, "h" + number), outcome, Instant.EPOCH, null, null);
    }
}
