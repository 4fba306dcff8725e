package dev.heartbeat.model;

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
}
