package dev.heartbeat.transport;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.heartbeat.model.Printable;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;

/**
 * Which stretch of a heartbeat's way is under way, as a collector of traces will see it? {@link #NONE} where nobody collects.
 */
public final class TraceSpan {
    public static final TraceSpan NONE = new TraceSpan(null, Span.getInvalid());
    static final String SYSTEM = "messaging.system";
    static final String OPERATION = "messaging.operation.name";
    static final String OPERATION_TYPE = "messaging.operation.type";
    static final String DESTINATION = "messaging.destination.name";

    private final Tracer tracer;
    private final Span span;

    /** @param tracer null for none */
    TraceSpan(Tracer tracer, Span span) {
        this.tracer = tracer;
        this.span = span;
    }

    public boolean isNone() {
        return tracer == null;
    }

    /** Whether what is said of it reaches anybody; making it up is work otherwise done for nothing. */
    public boolean isHeard() {
        return span.isRecording();
    }

    public TraceSpan with(String attribute, String value) {
        span.setAttribute(attribute, value);
        return this;
    }

    public TraceSpan with(String attribute, long value) {
        span.setAttribute(attribute, value);
        return this;
    }

    /** Something that was seen on the way. */
    public void event(String name, Instant at, Map<String, String> attributes) {
        AttributesBuilder all = Attributes.builder();
        attributes.forEach(all::put);
        span.addEvent(name, all.build(), at);
    }

    /** A part of it that begins now. */
    public TraceSpan step(String name) {
        return step(name, List.of());
    }

    /**
     * A part of it that begins now.
     *
     * @param others of which it is a part as well
     */
    public TraceSpan step(String name, List<TraceSpan> others) {
        if (isNone()) {
            return NONE;
        }
        SpanBuilder builder = builder(name);
        others.forEach(other -> builder.addLink(other.span.getSpanContext()));
        return new TraceSpan(tracer, builder.startSpan());
    }

    /** The handing over to a broker, up to its confirm. */
    TraceSpan publishing(String system, String destination, String messageId) {
        if (isNone()) {
            return NONE;
        }
        return new TraceSpan(tracer, builder("publish " + destination).setSpanKind(SpanKind.PRODUCER)
                .setAttribute(SYSTEM, system).setAttribute(OPERATION, "publish").setAttribute(OPERATION_TYPE, "send")
                .setAttribute(DESTINATION, destination).setAttribute("messaging.message.id", messageId).startSpan());
    }

    private SpanBuilder builder(String name) {
        return tracer.spanBuilder(name).setParent(Context.root().with(span));
    }

    /** What a message must carry so that its receiver can go on with the trace; empty where there is none. */
    Map<String, String> headers() {
        if (isNone()) {
            return Map.of();
        }
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), headers, Map::put);
        return headers;
    }

    public void end() {
        span.end();
    }

    /** Ends it with what went wrong. */
    public void failed(Throwable cause) {
        if (!isNone()) {
            span.setStatus(StatusCode.ERROR, Printable.text(String.valueOf(cause.getMessage())));
            span.setAttribute("error.type", cause.getClass().getName());
            span.end();
        }
    }
}
