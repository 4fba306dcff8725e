package dev.heartbeat.model;

import java.time.Instant;

/**
 * What is shown of one target?
 *
 * @param was the last definite health, when {@code health} is STALE or UNKNOWN; null otherwise
 * @param reason why not up; null when up, unless the source can just not tell, or failures are not yet enough to call it down
 * @param lastUp when it was last seen up; null when never
 * @param lastDown when it was last seen down; null when never
 * @param flapping whether it changes too often to be judged, so that its health is held
 * @param streak how many of the newest outcomes in a row contradict the health; 0 while they agree
 */
public record TargetStatus(String source, Target target, Health health, Health was, Instant since, Reason reason, String detail,
        Instant lastUp, Instant lastDown, boolean flapping, int streak) {
    /** The targets of that state by kind and name. */
    public static Iterable<TargetStatus> of(SourceState state) {
        return () -> state.targets().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .map(entry -> of(state, entry.getKey(), entry.getValue()))
                .iterator();
    }

    private static TargetStatus of(SourceState state, Target target, TargetState known) {
        return new TargetStatus(state.source(), target, known.health(), known.former(), known.since(), known.reason(),
                known.detail(), state.lastUp(known), state.lastDown(known),
                known.steadiness().flapping(), known.steadiness().streak());
    }
}
