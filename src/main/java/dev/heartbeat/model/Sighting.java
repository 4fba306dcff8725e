package dev.heartbeat.model;

import java.time.Instant;

/** What does one observation, newer than all before, make of its target's state? */
final class Sighting {
    private static final String NEVER_LIVE = "known only from a heartbeat that was too old when it came";

    private Sighting() {
    }

    /** Whether all that is known of the target was too old when it came: it was never judged alive, so it can't have died. */
    static boolean isNeverLive(TargetState state) {
        return state.health() == Health.STALE && NEVER_LIVE.equals(state.detail());
    }

    /** The state of a target of which nothing was known. What an old heartbeat says makes it known, and not alive. */
    static TargetState first(Outcome outcome, Mark mark, Placed in) {
        Health health = outcome.health();
        Instant up = health == Health.UP ? mark.at() : null;
        Instant down = health == Health.DOWN ? mark.at() : null;
        Instant unknown = health == Health.UNKNOWN ? in.received() : null;
        if (in.live()) {
            return new TargetState(health, null, outcome.reason(), outcome.detail(), mark.at(), up, down, in.group().key(),
                    in.newest(), mark, unknown, false);
        }
        return new TargetState(Health.STALE, health == Health.UNKNOWN ? null : health, Reason.SILENT, NEVER_LIVE, in.received(),
                up, down, in.group().key(), in.newest(), mark, unknown, false);
    }

    /**
     * The state of a target of which {@code before} was known, with {@code own}, the group that it was in. An old heartbeat
     * moves what is known in order, and does not wake a target from silence.
     */
    static TargetState next(TargetState before, Group own, Outcome outcome, Mark mark, Placed in) {
        boolean asleep = before.health() == Health.STALE && !in.live();
        Instant up = outcome.health() == Health.UP ? mark.at() : before.lastUp(own);
        Instant down = outcome.health() == Health.DOWN ? mark.at() : before.lastDown(own);
        String group = in.group().key();
        if (outcome.health() == Health.UNKNOWN) {
            Instant unknown = before.unknownSince() == null ? in.received() : before.unknownSince();
            boolean wakes = before.health() == Health.STALE && in.live();
            return new TargetState(wakes ? Health.UNKNOWN : before.health(), before.former(),
                    asleep ? before.reason() : outcome.reason(), asleep ? before.detail() : outcome.detail(),
                    wakes ? mark.at() : before.since(), up, down, group, in.newest(), mark, unknown, false,
                    before.steadiness(), before.diary());
        }
        if (asleep) {
            return new TargetState(Health.STALE, outcome.health(), before.reason(), before.detail(), before.since(), up, down,
                    group, in.newest(), mark, null, false, before.steadiness(), before.diary());
        }
        Instant since = before.health() == outcome.health() ? before.since() : mark.at();
        return new TargetState(outcome.health(), null, outcome.reason(), outcome.detail(), since, up, down, group, in.newest(),
                mark, null, false, before.steadiness(), before.diary());
    }
}
