package dev.heartbeat.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;

/** Traces as a test sees them: every span that has ended. */
public final class Tracing implements SpanProcessor {
    private final List<SpanData> ended = new CopyOnWriteArrayList<>();
    private final Traces traces = new Traces(
            SdkTracerProvider.builder().addSpanProcessor(this).build().get("test"));

    public Traces traces() {
        return traces;
    }

    public List<SpanData> ended() {
        return List.copyOf(ended);
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        // Only what has ended is told.
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        ended.add(span.toSpanData());
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}
