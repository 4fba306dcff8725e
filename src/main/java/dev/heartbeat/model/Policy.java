package dev.heartbeat.model;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * By which settings is a state judged?
 *
 * @param staleAfter the silence allowed to every source ({@code STALE_AFTER}); null to derive it from the interval
 * @param publishInterval how often PH is known to speak ({@code PUBLISH_INTERVAL}); null when nobody said
 * @param judging what it takes to change a health
 * @param massShare of a source's targets, 0 to 1: when more than that go down (or up) in one heartbeat, that is one piece of
 *        news
 * @param newsMaxAge what is older when it is heard is history, not news
 */
public record Policy(Duration staleAfter, Duration publishInterval, Judging judging, double massShare, Duration newsMaxAge) {
    public static final double MASS_SHARE = 0.5;
    public static final Duration NEWS_MAX_AGE = Duration.ofHours(1);
    private static final Pattern SHARE = Pattern.compile("0|1|0?\\.\\d{1,9}|1\\.0{1,9}|0\\.");
    public static final Policy DEFAULT = new Policy(null, null);

    public Policy {
        Objects.requireNonNull(judging);
        Objects.requireNonNull(newsMaxAge);
    }

    /** Everything but these two as by default. */
    public Policy(Duration staleAfter, Duration publishInterval) {
        this(staleAfter, publishInterval, Judging.AT_ONCE, MASS_SHARE, NEWS_MAX_AGE);
    }

    /** @throws IllegalArgumentException when the text is no share for {@code massShare}, saying what would be right */
    public static void checkShare(String text) {
        if (!SHARE.matcher(text).matches()) {
            throw new IllegalArgumentException("is no share; give a number from 0 (any two targets) to 1 (never), such as "
                    + MASS_SHARE);
        }
    }
}
