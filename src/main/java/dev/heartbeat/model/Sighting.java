package dev.heartbeat.model;

import java.time.Instant;

/** What does an observation of that heartbeat, newer than all before, make of its target's state? */
record Sighting(Placed in, Judging judging) {
    private static final String NEVER_LIVE = "known only from a heartbeat that was too old when it came";

    /** Whether all that is known of the target was too old when it came: it was never judged alive, so it can't have died. */
    static boolean isNeverLive(TargetState state) {
        return state.health() == Health.STALE && NEVER_LIVE.equals(state.detail());
    }

    /** The state of a target of which nothing was known. What an old heartbeat says makes it known, and not alive. */
    TargetState first(Outcome outcome, Mark mark) {
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
    TargetState next(TargetState before, Group own, Observation said, Mark mark) {
        Outcome outcome = said.outcome();
        Verdict verdict = before.health() == Health.STALE && !in.live() ? asleep(before, outcome)
                : switch (outcome.health()) {
                    case UP, DOWN -> before.isEstablished() ? weighed(before, own, said, mark) : atOnce(outcome, mark);
                    case UNKNOWN, STALE -> untold(before, own, outcome, mark);
                };
        Instant up = outcome.health() == Health.UP ? mark.at() : before.lastUp(own);
        Instant down = outcome.health() == Health.DOWN ? mark.at() : before.lastDown(own);
        boolean told = outcome.health() != Health.UNKNOWN;
        Instant unknown = told ? null : before.unknownSince() == null ? in.received() : before.unknownSince();
        return new TargetState(verdict.health, verdict.former, verdict.reason, verdict.detail, verdict.since, up, down,
                in.group().key(), in.newest(), mark, unknown, false, verdict.steadiness, before.diary());
    }

    /** What is concluded from what was seen. */
    private record Verdict(Health health, Health former, Reason reason, String detail, Instant since, Steadiness steadiness) {
    }

    /** What the target was before the silence is all that an old heartbeat changes. */
    private static Verdict asleep(TargetState before, Outcome outcome) {
        Health former = outcome.health() == Health.UNKNOWN ? before.former() : outcome.health();
        return new Verdict(Health.STALE, former, before.reason(), before.detail(), before.since(), before.steadiness());
    }

    /** Nobody would gain from claiming the health that was before silence or UNKNOWN. */
    private static Verdict atOnce(Outcome outcome, Mark mark) {
        return new Verdict(outcome.health(), null, outcome.reason(), outcome.detail(), mark.at(), Steadiness.CALM);
    }

    /** The health is held; who was silent is no longer, but nobody can tell more. */
    private Verdict untold(TargetState before, Group own, Outcome outcome, Mark mark) {
        boolean wakes = before.health() == Health.STALE;
        return new Verdict(wakes ? Health.UNKNOWN : before.health(), before.former(), outcome.reason(), outcome.detail(),
                wakes ? mark.at() : before.since(), steadiness(before, own));
    }

    /** An established health gives way to as many contrary outcomes in a row as are needed, and not while the target flaps. */
    private Verdict weighed(TargetState before, Group own, Observation said, Mark mark) {
        Outcome outcome = said.outcome();
        Health seen = outcome.health();
        boolean contrary = seen != before.health();
        int needed = !contrary ? 0
                : seen == Health.DOWN ? judging.failuresBeforeDown(said.target()) : judging.successesBeforeUp(said.target());
        Steadiness now = steadiness(before, own);
        if (contrary || !now.isSteady()) {
            now = now.after(contrary, needed, beats(), judging.flapping(said.target()));
        }
        if (contrary && now.streak() >= needed && !now.flapping()) {
            return new Verdict(seen, null, outcome.reason(), outcome.detail(), mark.at(), now.turned());
        }
        // What a failure said is kept: beside an UP that is held, and beside a DOWN whose successes are not yet enough.
        boolean pending = contrary && seen == Health.UP;
        return new Verdict(before.health(), null, pending ? before.reason() : outcome.reason(),
                pending ? before.detail() : outcome.detail(), before.since(), now);
    }

    /** As it stands in the group of this heartbeat. */
    private Steadiness steadiness(TargetState before, Group own) {
        Steadiness known = before.steadiness();
        return known.flips() == 0 || before.group().equals(in.group().key()) ? known
                : known.moved(own == null ? known.beat() : own.beats(), beats());
    }

    /** How many heartbeats of its group were its newest one, with this one. */
    private long beats() {
        return in.group().beats() + (in.newest() ? 1 : 0);
    }
}
