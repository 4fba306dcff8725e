package dev.heartbeat.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.heartbeat.model.Histogram;
import dev.heartbeat.model.LatencyHour;

/** Which hours are kept, and what do several counts of one hour say together? */
final class Hours {
    private Hours() {
    }

    /** The oldest hour that is kept. */
    static Instant first(Instant now) {
        return now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS).minus(Latencies.KEPT);
    }

    /** Each hour once, oldest first. */
    static List<LatencyHour> merged(List<LatencyHour> counts) {
        Map<Instant, Histogram> byHour = new TreeMap<>();
        counts.forEach(one -> byHour.merge(one.hour(), one.histogram(), Histogram::plus));
        List<LatencyHour> hours = new ArrayList<>(byHour.size());
        byHour.forEach((hour, histogram) -> hours.add(new LatencyHour(hour, histogram)));
        return hours;
    }
}
