package dev.heartbeat.store;

import java.util.List;
import java.util.Map;

import dev.heartbeat.model.LatencyHour;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;

/**
 * How fast were the answers, hour by hour, for the last 48 hours? Each process writes what it heard; readers see all together.
 */
public interface Latencies {
    /** Replaces what this process wrote before of these targets in these hours; a repeat changes nothing. */
    Uni<Void> write(String source, Map<Target, List<LatencyHour>> hours);

    /** The hours of that target that have any answer, oldest first, of all processes together; never null. */
    Uni<List<LatencyHour>> of(String source, Target target);
}
