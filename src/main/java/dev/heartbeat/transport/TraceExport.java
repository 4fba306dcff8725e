package dev.heartbeat.transport;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Printable;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * Are spans taken by the collector? Says once that they are not, and once that they are again; those in between are dropped.
 */
final class TraceExport implements SpanExporter {
    private static final Logger LOG = Logger.getLogger(TraceExport.class);

    private final SpanExporter exporter;
    private final String collector;
    private final AtomicBoolean away = new AtomicBoolean();

    TraceExport(SpanExporter exporter, String collector) {
        this.exporter = exporter;
        this.collector = collector;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        result.whenComplete(() -> told(result));
        return result;
    }

    private void told(CompletableResultCode result) {
        if (result.isSuccess()) {
            if (away.getAndSet(false)) {
                LOG.infof("traces are taken by %s again", collector);
            }
        } else if (!away.getAndSet(true)) {
            LOG.warnf("traces are not taken by %s (OTEL_EXPORTER_OTLP_ENDPOINT), and are dropped until they are: %s", collector,
                    reason(result.getFailureThrowable()));
        }
    }

    /** The innermost cause says it shortest. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause == null ? "no answer"
                : Printable.text(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    /** What stands for other parts of OpenTelemetry in many an environment must not reach this one. */
    static Map<String, String> ours() {
        return Map.of("otel.traces.exporter", "cdi", "otel.metrics.exporter", "none", "otel.logs.exporter", "none",
                "otel.propagators", "tracecontext");
    }
}
