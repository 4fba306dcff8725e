package dev.heartbeat.receive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.reactive.messaging.Message;

import dev.heartbeat.transport.Delivery;
import dev.heartbeat.transport.TraceSpan;
import dev.heartbeat.transport.Traces;

/**
 * How does a collector of traces see a batch? One span for each publishing that is heard in it, however many messages that are;
 * what is done once for many is a part of the first of them, with links to the others.
 */
final class BatchSpans {
    /** After an outage a batch may have heard 500. */
    static final int MOST = 64;
    static final BatchSpans NONE = new BatchSpans(Traces.OFF);

    private final Traces traces;
    private final Map<String, Processing> byPublishing = new LinkedHashMap<>();
    private final Map<String, Set<Processing>> bySource = new LinkedHashMap<>();

    private static final class Processing {
        private final TraceSpan span;
        private long messages;
        private long parked;

        Processing(TraceSpan span) {
            this.span = span;
        }
    }

    private BatchSpans(Traces traces) {
        this.traces = traces;
    }

    static BatchSpans of(Traces traces, Batch batch) {
        if (!traces.isOn()) {
            return NONE;
        }
        BatchSpans spans = new BatchSpans(traces);
        batch.heartbeats().values().forEach(one -> spans.heard(one.delivery(), one.heard().heartbeat().source()));
        batch.poison().keySet().forEach(spans::parked);
        return spans;
    }

    private void heard(Delivery delivery, String source) {
        Processing processing = processing(delivery);
        if (processing != null) {
            bySource.computeIfAbsent(source, any -> new LinkedHashSet<>()).add(processing);
        }
    }

    private void parked(Message<byte[]> message) {
        Processing processing = message.getMetadata(Delivery.class).map(this::processing).orElse(null);
        if (processing != null) {
            processing.parked++;
        }
    }

    /** Null for one too many. */
    private Processing processing(Delivery delivery) {
        String publishing = traces.publishingOf(delivery);
        Processing processing = byPublishing.get(publishing);
        if (processing == null && byPublishing.size() < MOST) {
            processing = new Processing(traces.processing(delivery));
            byPublishing.put(publishing, processing);
        }
        if (processing != null) {
            processing.messages++;
        }
        return processing;
    }

    /** Something that is done for all of the batch. */
    TraceSpan step(String name) {
        return step(name, byPublishing.values().stream().map(processing -> processing.span).toList());
    }

    /** Something that is done for all of the batch that this source has said. */
    TraceSpan step(String name, String source) {
        List<TraceSpan> spans = new ArrayList<>();
        bySource.getOrDefault(source, Set.of()).forEach(processing -> spans.add(processing.span));
        return step(name, spans).with("heartbeat.source", source);
    }

    private static TraceSpan step(String name, List<TraceSpan> spans) {
        return spans.isEmpty() ? TraceSpan.NONE : spans.get(0).step(name, spans.subList(1, spans.size()));
    }

    /** All of the batch is settled. */
    void end() {
        byPublishing.values().forEach(processing -> {
            processing.span.with("messaging.batch.message_count", processing.messages);
            if (processing.parked > 0) {
                processing.span.with("heartbeat.parked", processing.parked);
            }
            processing.span.end();
        });
    }

    void failed(Throwable cause) {
        byPublishing.values().forEach(processing -> processing.span.failed(cause));
    }
}
