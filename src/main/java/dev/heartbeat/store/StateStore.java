package dev.heartbeat.store;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Transition;
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

    /**
     * The next transitions that no subscriber has announced yet, oldest first; empty when there are none. Every entry goes to
     * one subscriber, and to another one when it was not {@link #announced} within {@code 30 s}.
     */
    Uni<List<Announcement>> unannounced(int most);

    /** Ends the announcement of these: nobody announces them again. */
    Uni<Void> announced(List<Announcement> done);

    /** Whether operations are likely to succeed: completes when the store answers, fails with the cause when it does not. */
    Uni<Void> ping();

    /** Which transition is to be announced, and under which id does the store know it? */
    record Announcement(String id, Transition transition) {
    }
}
