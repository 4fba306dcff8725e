package dev.heartbeat.model;

import java.time.Duration;
import java.util.Objects;

/**
 * How often, how long and how stubbornly is a target asked?
 *
 * @param interval null for the publisher's own ({@code PUBLISH_INTERVAL})
 * @param timeout of one try, name resolution included
 * @param retries tries after the first that failed, within the same round
 */
public record Pace(Duration interval, Duration timeout, int retries) {
    /** PH's timeout of a TCP connect, which serves every probe. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /** What a target has that says nothing of its pace. */
    public static final Pace DEFAULT = new Pace(null, DEFAULT_TIMEOUT, 0);

    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(30);

    public Pace {
        Objects.requireNonNull(timeout);
    }

    /**
     * The pace of a target whose file names an interval and no timeout: as patient as its round can be, as the programs were
     * whose files these are, but not for ever.
     */
    static Pace every(Duration interval) {
        Duration patience = interval.multipliedBy(9).dividedBy(10);
        Duration most = patience.compareTo(LONGEST_PATIENCE) > 0 ? LONGEST_PATIENCE : patience;
        return new Pace(interval, most.compareTo(LEAST_PATIENCE) > 0 ? most : LEAST_PATIENCE, 0);
    }
}
