package dev.heartbeat.model;

import java.time.Instant;

/** What does one observation, newer than all before, make of its target's state? */
final class Sighting {
    private static final String NEVER_LIVE = "known only from a heartbeat that was too old when it came";

    private Sighting() {
    }

    /** The state of a target of which nothing was known. What an old heartbeat says makes it known, and not alive. */
    static TargetState first(Outcome outcome, Mark mark, String group, boolean live, Instant received) {
        Health health = outcome.health();
        Instant up = health == Health.UP ? mark.at() : null;
        Instant down = health == Health.DOWN ? mark.at() : null;
        Instant unknown = health == Health.UNKNOWN ? received : null;
        if (live) {
            return new TargetState(health, null, outcome.reason(), outcome.detail(), mark.at(), up, down, group, true, mark,
                    unknown, false);
        }
        return new TargetState(Health.STALE, health == Health.UNKNOWN ? null : health, Reason.SILENT, NEVER_LIVE, received, up,
                down, group, true, mark, unknown, false);
    }

    /**
     * The state of a target of which {@code before} was known, with {@code own}, the group that it was in. An old heartbeat
     * moves what is known in order, and does not wake a target from silence.
     */
    static TargetState next(TargetState before, Group own, Outcome outcome, Mark mark, String group, boolean live,
            Instant received) {
        boolean asleep = before.health() == Health.STALE && !live;
        Instant up = outcome.health() == Health.UP ? mark.at() : before.lastUp(own);
        Instant down = outcome.health() == Health.DOWN ? mark.at() : before.lastDown(own);
        if (outcome.health() == Health.UNKNOWN) {
            Instant unknown = before.unknownSince() == null ? received : before.unknownSince();
            boolean wakes = before.health() == Health.STALE && live;
            return new TargetState(wakes ? Health.UNKNOWN : before.health(), before.former(),
                    asleep ? before.reason() : outcome.reason(), asleep ? before.detail() : outcome.detail(),
                    wakes ? mark.at() : before.since(), up, down, group, true, mark, unknown, false);
        }
        if (asleep) {
            return new TargetState(Health.STALE, outcome.health(), before.reason(), before.detail(), before.since(), up, down,
                    group, true, mark, null, false);
        }
        Instant since = before.health() == outcome.health() ? before.since() : mark.at();
        return new TargetState(outcome.health(), null, outcome.reason(), outcome.detail(), since, up, down, group, true, mark,
                null, false);
    }
}
