package dev.heartbeat.transport;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;

/** Where does a trace begin, or go on that came with a message? Nowhere, unless a collector is named. ADR 0018. */
@Singleton
public class Traces {
    public static final Traces OFF = new Traces((Tracer) null);
    private static final String PARENT = "traceparent";
    private static final TextMapGetter<Origin> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Origin origin) {
            return W3CTraceContextPropagator.getInstance().fields();
        }

        @Override
        public String get(Origin origin, String name) {
            return origin.header(name);
        }
    };
    /** Null where nobody collects. */
    private final Tracer tracer;

    @Inject
    Traces(Instance<OpenTelemetry> openTelemetry, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean disabled) {
        this(disabled ? null : openTelemetry.get().getTracer("dev.heartbeat"));
    }

    Traces(Tracer tracer) {
        this.tracer = tracer;
    }

    public boolean isOn() {
        return tracer != null;
    }

    /** The beginning of a way. */
    public TraceSpan begin(String name) {
        return isOn() ? new TraceSpan(tracer, tracer.spanBuilder(name).setNoParent().startSpan()) : TraceSpan.NONE;
    }

    /** What tells one publishing from another one; messages of the same share it. Empty where it said nothing of a trace. */
    public String publishingOf(Delivery delivery) {
        String parent = delivery.origin() == null ? null : delivery.origin().header(PARENT);
        return parent == null ? "" : parent;
    }

    /** What is done with a message from its arrival on: a part of the trace that it came with, or else a trace of its own. */
    public TraceSpan processing(Delivery delivery) {
        Origin origin = delivery.origin();
        if (!isOn() || origin == null) {
            return begin("process");
        }
        SpanBuilder builder = tracer.spanBuilder("process " + origin.destination()).setSpanKind(SpanKind.CONSUMER)
                .setParent(W3CTraceContextPropagator.getInstance().extract(Context.root(), origin, HEADERS))
                .setStartTimestamp(delivery.received())
                .setAttribute(TraceSpan.SYSTEM, origin.system()).setAttribute(TraceSpan.OPERATION, "process")
                .setAttribute(TraceSpan.OPERATION_TYPE, "process")
                .setAttribute(TraceSpan.DESTINATION, origin.destination());
        return new TraceSpan(tracer, builder.startSpan());
    }
}
