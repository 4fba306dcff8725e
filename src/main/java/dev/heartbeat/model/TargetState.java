package dev.heartbeat.model;

import java.time.Instant;
import java.util.Objects;

/**
 * What is known of one target?
 *
 * @param former the last definite health, kept while {@code health} is UNKNOWN or STALE; null when there was none
 * @param reason why not up; beside an UP that is held, why the newest failures or the source contradict it; else null
 * @param since when this health began: the instant of the observation that decided it, or of the verdict on silence
 * @param lastUp when it was last seen up, or null; {@link SourceState#lastUp} is exact for one that rides
 * @param lastDown when it was last seen down, or null
 * @param group key of the group whose heartbeats bring its observations
 * @param rides whether the newest heartbeat of its group had it, so that its newest mark is the group's
 * @param mark of its newest observation when this state was written
 * @param unknownSince since when, on our clock, the source says that it can not tell; null when it can
 * @param adopted whether all that is known are PH's keys, whose service may turn out to be of any kind
 * @param steadiness how firmly its health stands
 * @param diary of what its uptime is made
 */
public record TargetState(Health health, Health former, Reason reason, String detail, Instant since, Instant lastUp,
        Instant lastDown, String group, boolean rides, Mark mark, Instant unknownSince, boolean adopted,
        Steadiness steadiness, Diary diary) {
    public TargetState {
        Objects.requireNonNull(health);
        Objects.requireNonNull(since);
        Objects.requireNonNull(group);
        Objects.requireNonNull(mark);
        Objects.requireNonNull(steadiness);
        Objects.requireNonNull(diary);
    }

    /** Of a target that was just met. */
    public TargetState(Health health, Health former, Reason reason, String detail, Instant since, Instant lastUp,
            Instant lastDown, String group, boolean rides, Mark mark, Instant unknownSince, boolean adopted) {
        this(health, former, reason, detail, since, lastUp, lastDown, group, rides, mark, unknownSince, adopted,
                Steadiness.CALM, Diary.EMPTY);
    }

    /** What is known of a target whose PH keys are all that is known: {@code value} instants, null where the key is absent. */
    static TargetState adopted(Instant up, Instant down) {
        boolean isUp = down == null || up != null && up.isAfter(down);
        Instant at = isUp ? up : down;
        return new TargetState(isUp ? Health.UP : Health.DOWN, null, isUp ? null : Reason.UNSTATED, null, at, up, down,
                Group.UNNAMED,
                false, new Mark(at, null, 0), null, true);
    }

    /**
     * The mark of the newest observation, given the target's group (null when the group was never heard): its own where that is
     * from the group's newest heartbeat, and else the heartbeat's, to the length of a round.
     */
    Mark newest(Group own) {
        return rides && own != null && own.mark() != null && !mark.isOfSameHeartbeatAs(own.mark()) ? own.mark() : mark;
    }

    /** Whether the health is one that thresholds protect. */
    boolean isEstablished() {
        return health == Health.UP || health == Health.DOWN;
    }

    /** Whether the newest mark is of this health: it is not while the source can not tell, nor while outcomes contradict it. */
    private boolean isSeen() {
        return unknownSince == null && steadiness.streak() == 0;
    }

    Instant lastUp(Group own) {
        return health == Health.UP && isSeen() ? newest(own).at() : lastUp;
    }

    Instant lastDown(Group own) {
        return health == Health.DOWN && isSeen() ? newest(own).at() : lastDown;
    }

    /** This state once the target is no longer in its group's heartbeats: what the group said of it is now its own. */
    TargetState alone(Group own) {
        return new TargetState(health, former, reason, detail, since, lastUp(own), lastDown(own), group, false, newest(own),
                unknownSince, adopted, steadiness, diary);
    }

    /**
     * This state with another verdict on it; the last definite health is kept as the former one. What comes after silence is
     * not compared with what was before, so nothing that was counted goes on.
     */
    TargetState judged(Health verdict, Reason why, String words, Instant now, Group own) {
        return new TargetState(verdict, isEstablished() ? health : former, why, words, now, lastUp(own), lastDown(own), group,
                rides, newest(own), unknownSince, adopted, Steadiness.CALM, diary);
    }

    /** This state with another diary. */
    TargetState with(Diary newDiary) {
        return new TargetState(health, former, reason, detail, since, lastUp, lastDown, group, rides, mark, unknownSince,
                adopted, steadiness, newDiary);
    }

    /** Whether a store that holds {@code other} need not be told of this: the group's head says the rest. */
    boolean saysNoMoreThan(TargetState other) {
        return other != null && health == other.health && former == other.former && reason == other.reason
                && Objects.equals(detail, other.detail) && since.equals(other.since) && group.equals(other.group)
                && rides == other.rides && (rides || mark.equals(other.mark))
                && Objects.equals(unknownSince, other.unknownSince)
                && adopted == other.adopted && steadiness.equals(other.steadiness) && wasSeenAs(other)
                && diary.isOfSameTimeAs(other.diary);
    }

    /** Last up and down, but for the one that the head says. */
    private boolean wasSeenAs(TargetState other) {
        return (isSeen() && health == Health.UP || Objects.equals(lastUp, other.lastUp))
                && (isSeen() && health == Health.DOWN || Objects.equals(lastDown, other.lastDown));
    }
}
