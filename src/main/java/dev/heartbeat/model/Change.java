package dev.heartbeat.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What does hearing or judging change?
 *
 * @param former the state that the change was made for
 * @param next the state after it, of the next version; {@code former} itself when nothing changes
 * @param touched the targets whose state a store must write, or delete where {@code next} has it no more; the rest is said by
 *        the groups
 * @param retired the targets that are no more, with their last state; they are among the touched
 * @param seen the targets that were observed, judged or retired, which is more than what is touched: their instants on PH's
 *        keys move
 * @param transitions in the order in which they happened
 * @param marked the targets whose minutes changed, which a store keeps beside their state
 */
public record Change(SourceState former, SourceState next, Set<Target> touched, Map<Target, TargetState> retired,
        Set<Target> seen, List<Transition> transitions, Set<Target> marked) {
    public Change {
        transitions = List.copyOf(transitions);
    }

    /** A change of no target's minutes. */
    public Change(SourceState former, SourceState next, Set<Target> touched, Map<Target, TargetState> retired, Set<Target> seen,
            List<Transition> transitions) {
        this(former, next, touched, retired, seen, transitions, Set.of());
    }

    /** A change that changes nothing. */
    public static Change none(SourceState state) {
        return new Change(state, state, Set.of(), Map.of(), Set.of(), List.of());
    }

    /** Whether there is nothing to write, not even a sign of life. */
    public boolean isNone() {
        return former == next;
    }
}
