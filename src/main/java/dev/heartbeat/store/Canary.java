package dev.heartbeat.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Asked;
import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Printable;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;

/** Do rows really arrive? A row of its own goes the way of all rows, is read back, and is taken away. */
public final class Canary {
    /** The source of its rows in our own table. */
    public static final String SOURCE = "heartbeat-canary";
    /** The address of its rows in every table. */
    public static final String ADDRESS = "heartbeat://canary";
    private static final Logger LOG = Logger.getLogger(Canary.class);
    /** What a process that died left behind goes then: long after the canary of another process has found its own. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final String table;
    private final HistoryWriter writer;
    private final TableLayout layout;
    private volatile Instant arrived;
    private volatile String failure;
    private volatile boolean isTold;

    Canary(String table, HistoryWriter writer, TableLayout layout) {
        this.table = table;
        this.writer = writer;
        this.layout = layout;
    }

    /** Sends one row; completes when it was read back, fails with the reason when it did not arrive. */
    public Uni<Void> sing(Instant now) {
        HistoryRow row = row(now);
        return writer.write(List.of(row))
                .chain(() -> layout.holds(row))
                .invoke(isThere -> {
                    if (!isThere) {
                        throw new IllegalStateException("a row that table " + table + " took can not be read back");
                    }
                    arrived = now;
                    failure = null;
                })
                .onFailure().invoke(fault -> failure = Printable.text(fault.getMessage()))
                .chain(() -> layout.forget(row, KEPT).onFailure().recoverWithItem(this::isLeft));
    }

    private Void isLeft(Throwable fault) {
        if (!isTold) {
            isTold = true;
            LOG.warnf("Table %s: the rows of the canary stay: %s", table, Printable.text(fault.getMessage()));
        }
        return null;
    }

    /** How long ago the newest row that arrived was sent; null when none did yet. */
    public Duration age(Instant now) {
        Instant last = arrived;
        return last == null ? null : Duration.between(last, now);
    }

    /** Why the last row did not arrive; null when it did, or when none was sent yet. */
    public String failure() {
        return failure;
    }

    static HistoryRow row(Instant now) {
        return new HistoryRow(SOURCE, new Observation(new Target(Kind.WEBSITE, ADDRESS), Outcome.UP,
                Instant.ofEpochMilli(now.toEpochMilli()), null, null, new Asked(ADDRESS, null)), now, null);
    }

    static boolean isIts(HistoryRow row) {
        return row.source().equals(SOURCE);
    }
}
