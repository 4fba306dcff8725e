package dev.heartbeat.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.store.PostgresReading.Held;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;

/**
 * Where are the states when they are in PostgreSQL, shared by all subscribers? Every change is one statement: all or nothing.
 */
@Singleton
@Typed(PostgresStore.class)
public final class PostgresStore implements StateStore {
    /** Each lost race is another subscriber's progress; so many in a row are a fault. */
    private static final int ATTEMPTS = 200;
    /** So many sources are read side by side. */
    private static final int ABREAST = 3;

    /** A database that does not answer within this is away. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** A connection on which nothing has come for so long is given up: its other end may be gone without a word. */
    private static final Duration DEAF = Duration.ofSeconds(20);

    private final PgLink link;
    private final Migrations migrations;
    private final int outboxLength;
    private final PostgresOutbox outbox;
    private final PostgresLatencies latencies;
    /** A source is changed by one at a time, and sources side by side. */
    private final Map<String, Turns> turns = new ConcurrentHashMap<>();
    private final Map<String, Held> known = new ConcurrentHashMap<>();
    private final String process = Long.toString(new SecureRandom().nextLong() >>> 1, 36);
    private final AtomicLong commits = new AtomicLong();

    /** The database is not touched before the store is used. */
    @Inject
    PostgresStore(PgPools pools, PgConfig config, StoreConfig store) {
        this(() -> pools.of(PgAddress.of(config), DEAF), () -> PgAddress.of(config), store.outboxLength(),
                PATIENCE);
    }

    PostgresStore(Supplier<Pool> pool, Supplier<PgAddress> address, int outboxLength, Duration patience) {
        this.link = new PgLink(pool, address, patience);
        this.migrations = new Migrations(link, address);
        this.outboxLength = outboxLength;
        this.outbox = new PostgresOutbox(link);
        this.latencies = new PostgresLatencies(link, InstantSource.system());
    }

    @Override
    public Uni<Void> start() {
        return migrations.run().chain(() -> read());
    }

    @Override
    public Uni<Change> update(String source, Function<SourceState, Change> change) {
        return turn(source).take(() -> attempt(source, change, ATTEMPTS));
    }

    @Override
    public Collection<SourceState> known() {
        return known.values().stream().map(Held::state).toList();
    }

    @Override
    public Uni<Collection<SourceState>> refresh() {
        return read().map(done -> known());
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public Latencies latencies() {
        return latencies;
    }

    @Override
    public Uni<Void> ping() {
        return link.askAgain("select 1").replaceWithVoid();
    }

    private Turns turn(String source) {
        return turns.computeIfAbsent(source, name -> new Turns());
    }

    private Held held(String source) {
        Held held = known.get(source);
        return held == null ? Held.unheard(source) : held;
    }

    private Uni<Change> attempt(String source, Function<SourceState, Change> change, int attempts) {
        if (attempts == 0) {
            return Uni.createFrom()
                    .failure(new IllegalStateException("lost " + ATTEMPTS + " races for source " + source));
        }
        Held former = held(source);
        Change made = change.apply(former.state());
        Uni<Boolean> done = made.isNone() ? isNewest(source, former) : commit(source, former, made);
        return done.chain(won -> won ? Uni.createFrom().item(made)
                : read(source).chain(() -> attempt(source, change, attempts - 1)));
    }

    /** Whether the change was committed: not when somebody else was faster. */
    private Uni<Boolean> commit(String source, Held former, Change change) {
        String stamp = process + "." + Long.toString(commits.getAndIncrement(), 36);
        return link.askAgain(PostgresCommit.SQL, PostgresCommit.of(change, former.stamp(), stamp, outboxLength))
                .map(rows -> rows.iterator().next().getBoolean(0))
                .invoke(won -> {
                    if (won) {
                        known.put(source, new Held(stamp, change.next()));
                    }
                });
    }

    /** Even that nothing changes is true of the newest state only, and must not be said while the database is away. */
    private Uni<Boolean> isNewest(String source, Held held) {
        return link.askAgain("select stamp from heartbeat_sources where heartbeat_digest(name) = heartbeat_digest($1)",
                PostgresText.of(source))
                .map(rows -> held.stamp().equals(rows.size() == 0 ? "" : rows.iterator().next().getString(0)));
    }

    /** The sources whose stamps have moved, and those that are no more. */
    private Uni<Void> read() {
        return link.askAgain("select name, stamp from heartbeat_sources").chain(rows -> {
            Set<String> moved = ConcurrentHashMap.newKeySet();
            moved.addAll(known.keySet());
            rows.forEach(row -> sort(row, moved));
            return Multi.createFrom().iterable(List.copyOf(moved))
                    .onItem().transformToUni(source -> turn(source).take(() -> read(source))).merge(ABREAST)
                    .onItem().ignoreAsUni();
        });
    }

    private void sort(Row row, Set<String> moved) {
        String source = PostgresText.read(row.getString(0));
        if (held(source).stamp().equals(row.getString(1))) {
            moved.remove(source);
        } else {
            moved.add(source);
        }
    }

    private Uni<Void> read(String source) {
        Held former = held(source);
        return link.askAgain(PostgresReading.SQL, PostgresText.of(source), former.stamp(), former.state().version())
                .invoke(rows -> {
                    Held newest = former.after(rows);
                    if (newest == null) {
                        known.remove(source);
                    } else {
                        known.put(source, newest);
                    }
                })
                .replaceWithVoid();
    }
}
