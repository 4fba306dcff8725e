package dev.heartbeat.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Printable;
import dev.heartbeat.model.RowLayout;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Which tables does this process keep, who looks after them, and do rows really arrive? */
@ApplicationScoped
public class Histories {
    private static final Logger LOG = Logger.getLogger(Histories.class);
    private static final Duration UPKEEP = Duration.ofHours(1);
    /** A canary that was missed once may be chance. */
    private static final int CANARIES = 3;

    private final HistoryTables tables;
    private final HistoryConfig config;
    private final Vertx vertx;
    private final MeterRegistry registry;
    private final InstantSource clock = InstantSource.system();
    private final List<Kept> kept = new CopyOnWriteArrayList<>();
    /** The tables that are not ready yet. */
    private final Set<String> opening = ConcurrentHashMap.newKeySet();
    /** Why the tables that did not take what they were last given did not; whoever writes goes on until they do. */
    private final Map<String, String> refusing = new ConcurrentSkipListMap<>();

    Histories(HistoryTables tables, HistoryConfig config, Vertx vertx, MeterRegistry registry) {
        this.tables = tables;
        this.config = config;
        this.vertx = vertx;
        this.registry = registry;
    }

    /** A table that this process keeps, from when it is ready on. */
    private record Kept(String name, HistoryTable table, Canary canary, Instant since) {
        /** In seconds; no number where nothing can be told. */
        double seconds(Instant now) {
            return canary.isMute() ? Double.NaN : age(now).toMillis() / 1e3;
        }

        /** Of the newest row that arrived; until one did, of the table in our hands. */
        Duration age(Instant now) {
            Duration age = canary.age(now);
            return age == null ? Duration.between(since, now) : age;
        }
    }

    /**
     * The history in that table there.
     *
     * @param route what metrics and readiness call it: several may read for one table
     * @throws IllegalArgumentException when that is no name of a table
     */
    public HistoryStore open(PgAddress address, String table, RowLayout layout, String route) {
        HistoryTable opened = tables.open(address, table, layout);
        HistoryMeters meters = new HistoryMeters(route, registry);
        opening.add(route);
        return new HistoryStore() {
            @Override
            public Uni<Void> start() {
                return opened.start().invoke(() -> {
                    keep(table, opened, meters);
                    opening.remove(route);
                });
            }

            @Override
            public Uni<Void> write(List<HistoryRow> rows) {
                long began = System.nanoTime();
                return opened.write(rows)
                        .invoke(() -> meters.wrote(rows.size(), System.nanoTime() - began))
                        .onFailure().invoke(fault -> meters.failed(rows.size(), System.nanoTime() - began, fault))
                        .onItemOrFailure().invoke((done, fault) -> took(route, table, fault));
            }

            @Override
            public Uni<Void> ping() {
                return opened.ping();
            }
        };
    }

    private void took(String route, String table, Throwable fault) {
        if (fault == null || fault instanceof RowRefusedException) {
            refusing.remove(route);
        } else {
            refusing.put(route, "table " + table + " takes no rows: " + Printable.text(fault.getMessage()));
        }
    }

    private void keep(String name, HistoryTable table, HistoryMeters meters) {
        Kept one = new Kept(name, table, table.canary(), clock.instant());
        kept.add(one);
        meters.isUp();
        every(UPKEEP, () -> table.upkeep(clock.instant()), "the upkeep of table " + name);
        config.canary().filter(interval -> !interval.isZero())
                .ifPresent(interval -> {
                    meters.canary(one, canary -> canary.seconds(clock.instant()));
                    every(interval, () -> sing(one, meters), "the canary of table " + name);
                });
    }

    private Uni<Void> sing(Kept one, HistoryMeters meters) {
        return one.canary.sing(clock.instant()).invoke(() -> {
            if (!one.canary.isMute()) {
                meters.isUp();
            }
        }).onFailure().invoke(meters::isDown);
    }

    private void every(Duration interval, Supplier<Uni<Void>> work, String what) {
        Round round = new Round(work, what);
        round.run();
        vertx.setPeriodic(interval.toMillis(), timer -> round.run());
    }

    /** What is done again and again, one at a time; says once that it fails, and once that it does not any more. */
    private static final class Round {
        private final Supplier<Uni<Void>> work;
        private final String what;
        private boolean busy;
        private boolean failing;

        Round(Supplier<Uni<Void>> work, String what) {
            this.work = work;
            this.what = what;
        }

        void run() {
            synchronized (this) {
                if (busy) {
                    return;
                }
                busy = true;
            }
            Uni.createFrom().deferred(() -> work.get()).subscribe().with(done -> ended(null), this::ended);
        }

        private synchronized void ended(Throwable failure) {
            busy = false;
            if (failure != null && !failing) {
                LOG.warnf("%s fails: %s", what, Printable.text(failure.getMessage()));
            } else if (failure == null && failing) {
                LOG.infof("%s works again", what);
            }
            failing = failure != null;
        }
    }

    /** Why rows do not arrive in some table, as a sentence; null when all is well, or nothing is kept. */
    public String fault() {
        if (!opening.isEmpty()) {
            return "not ready yet: " + String.join(", ", opening);
        }
        if (!refusing.isEmpty()) {
            return String.join("; ", refusing.values());
        }
        Instant now = clock.instant();
        return kept.stream().map(one -> fault(one, now)).filter(words -> words != null).findFirst().orElse(null);
    }

    private String fault(Kept one, Instant now) {
        if (one.canary.failure() != null) {
            return "table " + one.name + ": " + one.canary.failure();
        }
        Duration patience = config.canary().orElse(Duration.ZERO).multipliedBy(CANARIES);
        Duration age = one.age(now);
        return patience.isZero() || one.canary.isMute() || age.compareTo(patience) <= 0 ? null
                : "table " + one.name + ": no row has arrived for " + age.toSeconds() + " s";
    }
}
