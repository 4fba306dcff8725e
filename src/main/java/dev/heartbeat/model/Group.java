package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * When was one interval group of a source heard, and how long may it be silent?
 *
 * @param key {@link #key(Heartbeat)}
 * @param interval null where the messages name none (PH)
 * @param heard when its newest live heartbeat came, on our clock; null when none ever did
 * @param mark of its newest heartbeat; null when none came
 * @param gaps the newest distances between live heartbeats, kept only where no interval is named
 * @param silent since when it is judged silent, on our clock; null when it is not
 * @param beats how many heartbeats were its newest one so far
 */
public record Group(String key, Duration interval, Instant heard, Mark mark, List<Duration> gaps, Instant silent,
        long beats) {
    /** The group of every heartbeat that names neither interval nor part. */
    public static final String UNNAMED = "-";
    /** Below this no silence is judged, however short the interval. */
    static final Duration SHORTEST_LIMIT = Duration.ofSeconds(15);
    /** Missing two heartbeats may be chance; missing three is news. */
    static final int INTERVALS = 3;
    /** Stands for the group of what was never heard: PH's keys that were taken over. */
    static final Group UNHEARD = new Group(UNNAMED, null, null, null, List.of(), null, 0);
    private static final Duration PRESUMED_LIMIT = Duration.ofMinutes(3);
    private static final Duration RHYTHM_UNKNOWN_LIMIT = Duration.ofHours(1);
    private static final int GAPS_KEPT = 9;
    private static final int GAPS_NEEDED = 2;

    public Group {
        Objects.requireNonNull(key);
        gaps = List.copyOf(gaps);
    }

    static Group first(Heartbeat heartbeat) {
        return new Group(key(heartbeat), heartbeat.interval(), null, null, List.of(), null, 0);
    }

    /**
     * Rounds of one interval and one part carry the same targets, so they are heard and fall silent together. Where no interval
     * is named, each part has a rhythm of its own.
     */
    public static String key(Heartbeat heartbeat) {
        String interval = heartbeat.interval() == null ? UNNAMED : String.valueOf(heartbeat.interval().toMillis());
        return heartbeat.parts() > 1 ? interval + "/" + heartbeat.part() : interval;
    }

    /**
     * How long this group may be silent; null while nobody can say: PH names no interval, and is not judged before three
     * heartbeats, which is two gaps.
     */
    public Duration limit(Policy policy) {
        if (policy.staleAfter() != null) {
            return policy.staleAfter();
        }
        Duration pace = pace(policy);
        if (pace == null) {
            return null;
        }
        Duration limit = pace.multipliedBy(INTERVALS);
        return limit.compareTo(SHORTEST_LIMIT) > 0 ? limit : SHORTEST_LIMIT;
    }

    /** How far its heartbeats are apart; null while nobody can say. */
    Duration pace(Policy policy) {
        return interval != null ? interval : median(policy);
    }

    /** The limit, or what is presumed while nobody can say: that of PH's default interval of 60 s. */
    Duration patience(Policy policy) {
        Duration limit = limit(policy);
        return limit != null ? limit : PRESUMED_LIMIT;
    }

    /** The limit, or what is allowed while nobody can say: a source whose rhythm is unknown is not called silent lightly. */
    Duration patienceForSilence(Policy policy) {
        Duration limit = limit(policy);
        return limit != null ? limit : RHYTHM_UNKNOWN_LIMIT;
    }

    private Duration median(Policy policy) {
        if (gaps.size() < GAPS_NEEDED) {
            return null;
        }
        Duration median = gaps.stream().sorted().skip(gaps.size() / 2).findFirst().orElseThrow();
        Duration least = policy.publishInterval();
        return least != null && least.compareTo(median) > 0 ? least : median;
    }

    /** A live heartbeat came: the group is heard, and its gap to the former one teaches how often to expect the next. */
    Group heard(Instant received, Mark newest) {
        return new Group(key, interval, latest(heard, received), newest, interval == null ? learn(received, newest) : gaps,
                null, beats + 1);
    }

    /** A heartbeat came that proves nothing of now: only the order of observations goes on. */
    Group passed(Mark newest) {
        return new Group(key, interval, heard, newest, gaps, silent, beats + 1);
    }

    /**
     * The group of PH's keys that were taken over, which stands for what their writer said then; {@code newest} is the newest
     * of the keys.
     */
    static Group adopted(Instant newest) {
        return new Group(UNNAMED, null, newest, null, List.of(), null, 0);
    }

    /**
     * Whether its silence is news of the source as a whole; not where only a backlog was ever heard, for that was never judged
     * alive.
     */
    boolean isMissed() {
        return silent != null && heard != null;
    }

    /** Whether it was this group's silence that made the target STALE, and not that the target alone was left behind. */
    boolean hasSilenced(TargetState target) {
        return isMissed() && target.health() == Health.STALE && !target.since().isBefore(silent);
    }

    Group silentSince(Instant now) {
        return new Group(key, interval, heard, mark, gaps, now, beats);
    }

    /** A burst after a blocked link teaches nothing, nor does the time that it was blocked. */
    private List<Duration> learn(Instant received, Mark newest) {
        if (heard == null || mark == null || !received.isAfter(heard)) {
            return gaps;
        }
        Duration gap = Duration.between(heard, received);
        if (!Speaker.isPaced(gap, Duration.between(mark.at(), newest.at()))) {
            return gaps;
        }
        List<Duration> kept = new ArrayList<>(gaps);
        kept.add(gap);
        return kept.size() > GAPS_KEPT ? kept.subList(1, kept.size()) : kept;
    }

    private static Instant latest(Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }
}
