package dev.heartbeat.store;

import java.util.Collection;
import java.util.function.Function;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.SourceState;
import io.smallrye.mutiny.Uni;

/** Where are the states of all sources, and what happened to them? Extension point; a store knows versions and no rules. */
public interface StateStore {
    /**
     * Makes the store ready: creates what it needs and takes over what another program left. Fails while the store is away;
     * called again until it succeeds.
     */
    Uni<Void> start();

    /**
     * Applies the change to the newest committed state, atomically across subscribers; completes when it is durable, with the
     * change that was committed. {@code change} is called again on a newer state when another subscriber was faster, so it
     * must be pure. A change that {@link Change#isNone() changes nothing} writes nothing. Fails while the store is away.
     */
    Uni<Change> update(String source, Function<SourceState, Change> change);

    /** The newest states that this process knows, one per source; may lag behind what other subscribers have committed. */
    Collection<SourceState> known();

    /** Reads what other subscribers have committed, and answers the states of all sources. */
    Uni<Collection<SourceState>> refresh();

    /** What happened to the states: written in the same step as they are. */
    Outbox outbox();

    /** How fast answers were. */
    Latencies latencies();

    /** Whether operations are likely to succeed: completes when the store answers, fails with the cause when it does not. */
    Uni<Void> ping();
}
