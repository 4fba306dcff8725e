package dev.heartbeat.transport;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import dev.heartbeat.model.Printable;

/**
 * Does the collector take what it is handed? The exporter says so only to its own log, every time again; here it is one line
 * for
 * each time that the collector is away.
 */
final class TraceComplaints extends Handler {
    private static final org.jboss.logging.Logger LOG = org.jboss.logging.Logger.getLogger(TraceComplaints.class);
    private static final String CAUSE = "Full error message: ";
    /** Whoever complains does so once a minute; after such a quiet time it is another outage. */
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(10);
    /** Held, for a logger that nobody holds forgets its handlers. */
    private final List<Logger> exporters = List.of(Logger.getLogger("io.quarkus.opentelemetry.runtime.exporter"),
            Logger.getLogger("io.opentelemetry.exporter"));
    private final String collector;
    private final AtomicLong last = new AtomicLong(System.nanoTime() - QUIET_NANOS - 1);

    TraceComplaints(String collector) {
        this.collector = collector;
    }

    /** From now on they are heard here, and nowhere else. */
    TraceComplaints listen() {
        exporters.forEach(exporter -> {
            exporter.setUseParentHandlers(false);
            exporter.setLevel(Level.WARNING);
            exporter.addHandler(this);
        });
        return this;
    }

    @Override
    public void publish(LogRecord complaint) {
        long now = System.nanoTime();
        if (complaint.getLevel().intValue() >= Level.WARNING.intValue() && now - last.getAndSet(now) > QUIET_NANOS) {
            String words = String.valueOf(complaint.getMessage());
            int cause = words.indexOf(CAUSE);
            LOG.warnf("traces are not taken by %s (OTEL_EXPORTER_OTLP_ENDPOINT), and are dropped until they are: %s", collector,
                    Printable.text(cause < 0 ? words : words.substring(cause + CAUSE.length())));
        }
    }

    @Override
    public void flush() {
        // Nothing is kept.
    }

    @Override
    public void close() {
        exporters.forEach(exporter -> exporter.removeHandler(this));
    }
}
