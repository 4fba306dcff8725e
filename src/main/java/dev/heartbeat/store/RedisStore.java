package dev.heartbeat.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.Projection;
import dev.heartbeat.model.SourceState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.Command;

/** Where are the states when they are in Redis, shared by all subscribers? Every change is one script: all of it or nothing. */
@Singleton
@Typed(RedisStore.class)
public final class RedisStore implements StateStore {
    private static final Script COMMIT = Script.of("commit.lua");
    private static final Script READ = Script.of("read.lua");
    /** Each lost race is another subscriber's progress; so many in a row are a fault. */
    private static final int ATTEMPTS = 200;

    private final RedisLink link;
    private final Layout layout;
    private final int outboxLength;
    private final RedisOutbox outbox;
    private final RedisLatencies latencies;
    private final TakeOver takeOver;
    private final Turns turns = new Turns();
    private final Known known = new Known();
    private final NameWatch names = new NameWatch(known);
    private final String process = Long.toString(new SecureRandom().nextLong() >>> 1, 36);
    private long commits;
    private String words = "";

    /** Redis is not touched before the store is used. */
    @Inject
    RedisStore(Instance<Redis> redis, StoreConfig config) {
        this(redis::get, config, RedisLink.PATIENCE);
    }

    RedisStore(Supplier<Redis> redis, StoreConfig config, Duration patience) {
        this.link = new RedisLink(redis, patience);
        this.layout = config.layout();
        this.outboxLength = config.outboxLength();
        this.outbox = new RedisOutbox(link);
        this.latencies = new RedisLatencies(link, InstantSource.system());
        this.takeOver = new TakeOver(link);
    }

    @Override
    public Uni<Void> start() {
        return takeOver.scan()
                .chain(found -> turns.take(() -> read().chain(() -> settle(found, ATTEMPTS))));
    }

    @Override
    public Uni<Change> update(String source, Function<SourceState, Change> change) {
        return turns.take(() -> attempt(source, change, ATTEMPTS));
    }

    @Override
    public Collection<SourceState> known() {
        return known.states();
    }

    @Override
    public Uni<Collection<SourceState>> refresh() {
        return turns.take(this::read).map(done -> known.states());
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
        return link.send(RedisLink.command(Command.PING)).replaceWithVoid();
    }

    private Uni<Change> attempt(String source, Function<SourceState, Change> change, int attempts) {
        if (attempts == 0) {
            return lost(source);
        }
        Known.Source former = known.of(source);
        Change made = change.apply(former.state());
        Uni<Boolean> done = made.isNone() ? isNewest(source, former) : commit(source, former, made);
        return done.chain(won -> won ? Uni.createFrom().item(made)
                : read().chain(() -> attempt(source, change, attempts - 1)));
    }

    /** Whether the change was committed: not when somebody else was faster. */
    private Uni<Boolean> commit(String source, Known.Source former, Change change) {
        Projection next = former.projection().next(change.next(), change.touched());
        KeyMoves moves = new KeyMoves(known, layout);
        moves.follow(change, former.projection(), next);
        String stamp = process + "." + Long.toString(commits++, 36);
        return link.run(COMMIT, new Commit(source, former.stamp(), words, moves).of(change, stamp, outboxLength))
                .map(newest -> {
                    if (newest == null) {
                        return false;
                    }
                    words = newest.toString();
                    known.put(source, new Known.Source(stamp, next), change.touched());
                    names.watch(change);
                    return true;
                });
    }

    /** Even that nothing changes is true of the newest state only, and must not be said while Redis is away. */
    private Uni<Boolean> isNewest(String source, Known.Source held) {
        return link.send(RedisLink.command(Command.HGET, RedisKeys.head(source), "stamp"))
                .map(stamp -> held.stamp().equals(stamp == null ? "" : stamp.toString()));
    }

    private Uni<Void> read() {
        return link.run(READ, Reading.question(known)).map(Reading::new).chain(reading -> {
            reading.applyTo(known);
            return reading.isPartial() ? read().invoke(() -> words = reading.words()) : keep(reading.words());
        });
    }

    private Uni<Void> keep(String newest) {
        words = newest;
        return Uni.createFrom().voidItem();
    }

    /** Adopts what PH left under names that nobody else knows, and lays out all other names, in one step. */
    private Uni<Void> settle(TakeOver.Found found, int attempts) {
        if (attempts == 0) {
            return lost(SourceState.DEFAULT_SOURCE);
        }
        Known.Source former = known.of(SourceState.DEFAULT_SOURCE);
        Change adoption = former.state().adopt(found.without(known.keys()));
        Projection next = former.projection().next(adoption.next(), adoption.touched());
        KeyMoves moves = new KeyMoves(known, layout);
        moves.follow(adoption, former.projection(), next);
        found.settle(known, layout, moves);
        if (adoption.isNone() && moves.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String stamp = process + "." + Long.toString(commits++, 36);
        Commit commit = new Commit(SourceState.DEFAULT_SOURCE, former.stamp(), words, moves);
        return link.run(COMMIT, adoption.isNone() ? commit.ofKeys() : commit.of(adoption, stamp, outboxLength))
                .chain(newest -> newest == null ? read().chain(() -> settle(found, attempts - 1)) : read());
    }

    private static <T> Uni<T> lost(String source) {
        return Uni.createFrom().failure(new IllegalStateException("lost " + ATTEMPTS + " races for source " + source));
    }
}
