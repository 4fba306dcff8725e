package dev.heartbeat.model;

import java.util.Collection;

/** What does this process know of all sources? A publisher knows its own newest rounds, a subscriber what its store holds. */
@FunctionalInterface
public interface KnownStates {
    /** The newest states, one per source; never null. */
    Collection<SourceState> states();
}
