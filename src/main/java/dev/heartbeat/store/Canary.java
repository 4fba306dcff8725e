package dev.heartbeat.store;

import static java.time.temporal.ChronoUnit.MICROS;
import static java.time.temporal.ChronoUnit.SECONDS;

import java.security.SecureRandom;
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
    private static final String FORBIDDEN = "42501";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Logger LOG = Logger.getLogger(Canary.class);
    /** What a process that died left behind goes then: long after the canary of another process has found its own. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final String table;
    private final HistoryWriter writer;
    private final TableLayout layout;
    private volatile Instant arrived;
    private volatile String failure;
    private volatile boolean isTold;
    private volatile boolean isMute;

    Canary(String table, HistoryWriter writer, TableLayout layout) {
        this.table = table;
        this.writer = writer;
        this.layout = layout;
    }

    /**
     * Sends one row; completes when it was read back, fails with the reason when it did not arrive. Does nothing any more where
     * it may not read.
     */
    public Uni<Void> sing(Instant now) {
        HistoryRow row = row(now);
        // Asked before the first one too: whoever may not read may not delete either, and it would stay.
        return (arrived == null ? holds(row) : Uni.createFrom().item(true))
                .chain(() -> isMute ? Uni.createFrom().voidItem() : sing(row, now))
                .onFailure().invoke(fault -> failure = Printable.text(fault.getMessage()));
    }

    private Uni<Void> sing(HistoryRow row, Instant now) {
        return writer.write(List.of(row))
                .chain(() -> holds(row))
                .invoke(isThere -> {
                    if (!isThere && !isMute) {
                        throw new IllegalStateException("a row that table " + table + " took can not be read back");
                    }
                    arrived = now;
                    failure = null;
                })
                .chain(() -> layout.forget(row, KEPT).onFailure().recoverWithItem(this::isLeft));
    }

    private Uni<Boolean> holds(HistoryRow row) {
        return isMute ? Uni.createFrom().item(false)
                : layout.holds(row).onFailure(fault -> PgLink.code(fault).equals(FORBIDDEN)).recoverWithItem(this::mute);
    }

    private boolean mute(Throwable fault) {
        isMute = true;
        isTold = true;
        failure = null;
        LOG.warnf("Table %s: rows can not be read back, so nobody sees whether they arrive: %s; grant SELECT on it, and start"
                + " again, or set HISTORY_CANARY=0", table, Printable.text(fault.getMessage()));
        return false;
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

    /** Whether we may not read what we write, so that it can tell nothing. */
    public boolean isMute() {
        return isMute;
    }

    /** At some microsecond of this second: canaries that several processes send at once are different rows in every layout. */
    static HistoryRow row(Instant now) {
        Instant at = now.truncatedTo(SECONDS).plus(RANDOM.nextInt(1_000_000), MICROS);
        return new HistoryRow(SOURCE,
                new Observation(new Target(Kind.WEBSITE, ADDRESS), Outcome.UP, at, null, null, new Asked(ADDRESS, null)), now,
                null);
    }

    static boolean isIts(HistoryRow row) {
        return row.source().equals(SOURCE);
    }
}
