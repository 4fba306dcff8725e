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
 * @param repeated how many of the heartbeats had been heard before
 * @param late how many others were older than what was heard before them
 */
public record Change(SourceState former, SourceState next, Set<Target> touched, Map<Target, TargetState> retired,
        Set<Target> seen, List<Transition> transitions, Set<Target> marked, int repeated, int late) {
    public Change {
        transitions = List.copyOf(transitions);
    }

    /** A change by heartbeats that all were new. */
    public Change(SourceState former, SourceState next, Set<Target> touched, Map<Target, TargetState> retired, Set<Target> seen,
            List<Transition> transitions, Set<Target> marked) {
        this(former, next, touched, retired, seen, transitions, marked, 0, 0);
    }

    /** A change of no target's minutes. */
    public Change(SourceState former, SourceState next, Set<Target> touched, Map<Target, TargetState> retired, Set<Target> seen,
            List<Transition> transitions) {
        this(former, next, touched, retired, seen, transitions, Set.of());
    }

    /** A change that changes nothing. */
    public static Change none(SourceState state) {
        return none(state, 0, 0);
    }

    static Change none(SourceState state, int repeated, int late) {
        return new Change(state, state, Set.of(), Map.of(), Set.of(), List.of(), Set.of(), repeated, late);
    }

    /** Whether there is nothing to write, not even a sign of life. */
    public boolean isNone() {
        return former == next;
    }
}
