package dev.heartbeat.store;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.SourceState;
import io.smallrye.mutiny.Uni;

/** Where are the states when one process keeps them for itself? They end with it. */
@Singleton
@Typed(MemoryStore.class)
public final class MemoryStore implements StateStore {
    private static final int OUTBOX_LENGTH = 10_000;
    /** Enough for 48 hours of some 4,000 targets: a sixth of the smallest heap that we name. */
    private static final long LATENCY_BYTES = 8 << 20;

    private final Map<String, SourceState> states = new ConcurrentHashMap<>();
    private final MemoryOutbox outbox;
    private final MemoryLatencies latencies;

    public MemoryStore() {
        this(Clock.systemUTC(), OUTBOX_LENGTH);
    }

    MemoryStore(Clock clock, int outboxLength) {
        this.outbox = new MemoryOutbox(clock, outboxLength);
        this.latencies = new MemoryLatencies(clock, LATENCY_BYTES);
    }

    @Override
    public Uni<Void> start() {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Change> update(String source, Function<SourceState, Change> change) {
        return Uni.createFrom().item(() -> commit(source, change));
    }

    /** One at a time, so that the outbox has the order of the commits; nothing in here waits. */
    private synchronized Change commit(String source, Function<SourceState, Change> change) {
        Change made = change.apply(states.getOrDefault(source, SourceState.unheard(source)));
        if (!made.isNone()) {
            states.put(source, made.next());
            outbox.add(made.transitions());
        }
        return made;
    }

    @Override
    public Collection<SourceState> known() {
        return List.copyOf(states.values());
    }

    @Override
    public Uni<Collection<SourceState>> refresh() {
        return Uni.createFrom().item(this::known);
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
        return Uni.createFrom().voidItem();
    }
}
