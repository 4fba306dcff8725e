package dev.heartbeat.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.heartbeat.model.Histogram;
import dev.heartbeat.model.LatencyHour;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;

/**
 * How fast were the answers, hour by hour, for the last 48 hours? Each process writes what it heard; readers see all together.
 */
public interface Latencies {
    /** The hour that runs is one of the 48. */
    Duration KEPT = Duration.ofHours(48);

    /**
     * Replaces what was written before of these targets for that source, hour and count; a repeat changes nothing. What was
     * written before of other targets stays.
     *
     * @param hour its beginning (UTC)
     * @param count what tells one count of that hour from all others of it: several processes count, and one may begin anew
     */
    Uni<Void> write(String source, Instant hour, String count, Map<Target, Histogram> histograms);

    /** The hours of that target that have any answer, oldest first, of all counts together; never null. */
    Uni<List<LatencyHour>> of(String source, Target target);
}
