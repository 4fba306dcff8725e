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

    public Pace {
        Objects.requireNonNull(timeout);
    }
}
