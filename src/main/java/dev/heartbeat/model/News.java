package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What of that which one heartbeat changes is news of its own, and what is part of a larger piece of news? What is larger comes
 * first, its parts after it. Used once.
 */
final class News {
    private static final int FEWEST = 2;
    private static final int NAMED = 5;
    private static final int LONGEST_DETAIL = 100;

    private final String source;
    private final Policy policy;
    /** When the heartbeat came, on our clock. */
    private final Instant now;
    /** The source's silence before the heartbeat; null when there was none. */
    private final Lull lull;
    private final List<Transition> woken = new ArrayList<>();
    private final List<Transition> down = new ArrayList<>();
    private final List<Transition> up = new ArrayList<>();
    private final List<Transition> others = new ArrayList<>();
    private Transition heardAgain;

    News(String source, Policy policy, Instant now, Lull lull) {
        this.source = source;
        this.policy = policy;
        this.now = now;
        this.lull = lull;
    }

    /**
     * What an observation made of a target.
     *
     * @param before null when nothing was known of it
     * @param own the group that it was in; null when there was none
     */
    void seen(Target target, TargetState before, Group own, TargetState after) {
        boolean first = before == null || Sighting.isNeverLive(before);
        Health from = first ? null : before.health();
        Health to = after.health();
        if (first ? to != Health.UP && to != Health.STALE : from != to) {
            sort(new Transition(source, target, from, to, after.since(), after.reason(), after.detail(),
                    first ? null : lasted(before.since(), after.since()), Telling.NEWS), before, own);
        } else if (!first && before.steadiness().flapping() != after.steadiness().flapping()) {
            others.add(flapping(target, after));
        }
    }

    private void sort(Transition change, TargetState before, Group own) {
        boolean isBack = change.from() == Health.STALE && change.to() == before.former();
        if (isPast(change)) {
            others.add(change.told(Telling.PAST));
        } else if (isBack && own != null && own.hasSilenced(before) && lull != null && lull.takes(own)) {
            woken.add(change.told(Telling.PART));
        } else {
            (change.to() == Health.DOWN ? down : change.to() == Health.UP ? up : others).add(change);
        }
    }

    private boolean isPast(Transition change) {
        return Duration.between(change.at(), now).compareTo(policy.newsMaxAge()) > 0;
    }

    private Transition flapping(Target target, TargetState after) {
        Flapping rule = policy.judging().flapping(target);
        boolean begins = after.steadiness().flapping();
        // It begins with a flip, so the flips are those of this observation.
        String words = begins
                ? rule.changes(after.steadiness().flips()) + " changes in the last " + rule.window()
                        + " observations; its health is held"
                : "no longer flapping" + (after.detail() == null ? "" : "; " + after.detail());
        Transition turn = new Transition(source, target, after.health(), after.health(), after.mark().at(),
                begins ? Reason.FLAPPING : after.health() == Health.DOWN ? after.reason() : null, words);
        return isPast(turn) ? turn.told(Telling.PAST) : turn;
    }

    /** The newest list of targets does not name it. */
    void retired(Target target, TargetState last, Instant at) {
        Transition end = new Transition(source, target, last.health(), null, at, Reason.RETIRED,
                "the source's newest list of targets does not name it", lasted(last.since(), at), Telling.NEWS);
        others.add(isPast(end) ? end.told(Telling.PAST) : end);
    }

    /** None of the source's groups is silent any more; so many of its targets are STALE all the same. */
    void heardAgain(Lull over, long left, int targets) {
        String words = "heard again after " + Durations.spoken(lasted(over.heard(), now)) + " of silence"
                + (left == 0 ? "" : ", but not of " + left + " of its " + targets + " targets");
        heardAgain = new Transition(source, null, Health.STALE, Health.UP, now, null, words, lasted(over.since(), now),
                Telling.NEWS);
    }

    /** All of it, in the order in which it is told, of a source that now has so many targets. */
    void tell(List<Transition> transitions, Instant at, int targets) {
        if (heardAgain != null) {
            transitions.add(heardAgain);
        }
        transitions.addAll(woken);
        if (areMany(down, targets)) {
            transitions.add(new Transition(source, null, Health.UP, Health.DOWN, at, Reason.MANY, count(down, targets)
                    + " down in one heartbeat: " + named(down)));
            down.replaceAll(part -> part.told(Telling.PART));
        }
        transitions.addAll(down);
        if (areMany(up, targets)) {
            transitions.add(new Transition(source, null, Health.DOWN, Health.UP, at, null, count(up, targets)
                    + " up again in one heartbeat"));
            up.replaceAll(part -> part.told(Telling.PART));
        }
        transitions.addAll(up);
        transitions.addAll(others);
    }

    private boolean areMany(List<Transition> changes, int targets) {
        return changes.size() >= FEWEST && changes.size() > policy.massShare() * targets;
    }

    private static String count(List<Transition> changes, int targets) {
        return changes.size() + " of " + targets + " targets";
    }

    private static String named(List<Transition> changes) {
        return changes.stream().limit(NAMED).map(News::words).collect(Collectors.joining(", "))
                + (changes.size() > NAMED ? ", …" : "");
    }

    private static String words(Transition change) {
        String detail = change.detail() == null ? "" : ", " + change.detail();
        String shown = detail.codePointCount(0, detail.length()) <= LONGEST_DETAIL ? detail
                : detail.substring(0, detail.offsetByCodePoints(0, LONGEST_DETAIL)) + "…";
        return change.target() + " (" + change.reason() + shown + ")";
    }

    /** How long a health lasted; clocks that disagree make no time negative. */
    static Duration lasted(Instant since, Instant at) {
        return at.isBefore(since) ? Duration.ZERO : Duration.between(since, at);
    }
}
