package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;

/**
 * Which program speaks for a source, and how far is its clock from ours?
 *
 * @param boot of the newest heartbeat; {@link #NAMELESS} for PH, null before the first
 * @param former the boot before; its coming back means that two programs speak at once
 * @param offset the smallest (received - said) seen for this boot; null before one that tells
 * @param received when the newest heartbeat came
 * @param said its instant on the source's clock
 * @param paced how many heartbeats in a row came as far apart as they were said
 * @param rival when two live boots were last heard interleaving, on our clock; null when never
 */
public record Speaker(String boot, String former, Duration offset, Instant received, Instant said, int paced, Instant rival) {
    /** Stands for the boot of a program that names none (PH). */
    static final String NAMELESS = "";
    static final Speaker NOBODY = new Speaker(null, null, null, null, null, 0, null);
    /** A clock that is ahead by more than this is clamped and shown. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int PACED_NEEDED = 3;
    private static final Duration RESOLUTION = Duration.ofSeconds(1);

    /** Whether the source's clock is ahead of ours by more than five minutes. */
    public boolean clockAhead() {
        return offset != null && offset.compareTo(TOLERANCE.negated()) < 0;
    }

    /**
     * What is known after one more heartbeat, said {@code at}. A source whose clock was set back is learned anew once three
     * heartbeats came at the pace at which they were said: a drained backlog comes faster.
     */
    Speaker hear(Heard heard, Instant at, Duration limit) {
        String who = name(heard.heartbeat());
        boolean same = who.equals(boot);
        Duration delay = Duration.between(at, heard.received());
        int pacedNow = same && !heard.backlog() && isPaced(heard.received(), at) ? paced + 1 : 0;
        Duration learned = learn(same ? offset : null, delay, heard.backlog(), pacedNow, limit);
        // PH has no boots: its coming back may be somebody's choice, a boot's coming back never is.
        boolean back = !same && who.equals(former) && !who.equals(NAMELESS) && !heard.backlog() && at.isAfter(said);
        return new Speaker(who, same ? former : boot, learned, heard.received(), at, pacedNow, back ? heard.received() : rival);
    }

    /**
     * Whether the heartbeat, said {@code at}, is of a program that another one has succeeded: what came late or again from
     * before a restart tells nothing of who speaks now, nor of its clock.
     */
    boolean hasSucceeded(Heartbeat heartbeat, Instant at) {
        String who = name(heartbeat);
        return boot != null && !who.equals(boot) && !at.isAfter(said) && (who.equals(former) || who.compareTo(boot) < 0);
    }

    private static String name(Heartbeat heartbeat) {
        return heartbeat.boot() == null ? NAMELESS : heartbeat.boot();
    }

    private static Duration learn(Duration known, Duration delay, boolean backlog, int paced, Duration limit) {
        if (known == null) {
            // What waited before we listened tells nothing of the clock, unless it comes from the future.
            return backlog && !delay.isNegative() ? null : delay;
        }
        boolean setBack = paced >= PACED_NEEDED && delay.minus(correction(known, limit)).compareTo(limit) > 0;
        return setBack || delay.compareTo(known) < 0 ? delay : known;
    }

    /** What to add to the source's instants to have them on our clock. */
    Duration correction(Duration limit) {
        return offset == null ? Duration.ZERO : correction(offset, limit);
    }

    /**
     * A delay within the limit is the way through the network, and not a wrong clock. No delay is negative; what of it is not
     * corrected must pass sooner than the limit once the clock is set right.
     */
    private static Duration correction(Duration offset, Duration limit) {
        Duration ahead = offset.negated().multipliedBy(Group.INTERVALS);
        boolean ordinary = offset.compareTo(limit) <= 0 && ahead.compareTo(limit) <= 0
                && offset.compareTo(TOLERANCE.negated()) >= 0;
        return ordinary ? Duration.ZERO : offset;
    }

    private boolean isPaced(Instant now, Instant at) {
        return received != null && at.isAfter(said) && isPaced(Duration.between(received, now), Duration.between(said, at));
    }

    /** Whether two heartbeats came about as far apart as they were said, by clocks of which one may know seconds only. */
    static boolean isPaced(Duration came, Duration said) {
        return came.multipliedBy(2).compareTo(said) >= 0 && came.compareTo(said.multipliedBy(2).plus(RESOLUTION)) <= 0;
    }
}
