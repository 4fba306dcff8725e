package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How fast were the answers of one hour? Constant space, whatever their number.
 *
 * @param hour its beginning (UTC)
 * @param histogram of the answers; never empty
 */
public record LatencyHour(Instant hour, Histogram histogram) {
    public LatencyHour {
        Objects.requireNonNull(hour);
        Objects.requireNonNull(histogram);
    }

    /** What were the shortest, the longest, the mean and the percentiles of so many durations? A value. */
    public interface Histogram {
        long count();

        Duration min();

        Duration mean();

        Duration max();

        /** The duration that this share (0 to 1) of all did not exceed, to the width of its bucket. */
        Duration percentile(double share);
    }
}
