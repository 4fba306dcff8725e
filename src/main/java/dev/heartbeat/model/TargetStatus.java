package dev.heartbeat.model;

import java.time.Instant;

/**
 * What is shown of one target?
 *
 * @param was the last definite health, when {@code health} is STALE or UNKNOWN; null otherwise
 * @param reason why not up; null when up, unless the source can just not tell
 * @param lastUp when it was last seen up; null when never
 * @param lastDown when it was last seen down; null when never
 */
public record TargetStatus(String source, Target target, Health health, Health was, Instant since, Reason reason, String detail,
        Instant lastUp, Instant lastDown) {
    /** The targets of that state by kind and name. */
    public static Iterable<TargetStatus> of(SourceState state) {
        return () -> state.targets().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .map(entry -> of(state, entry.getKey(), entry.getValue()))
                .iterator();
    }

    private static TargetStatus of(SourceState state, Target target, TargetState known) {
        return new TargetStatus(state.source(), target, known.health(), known.former(), known.since(), known.reason(),
                known.detail(), state.lastUp(known), state.lastDown(known));
    }
}
