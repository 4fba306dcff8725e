package dev.heartbeat.probe;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Observation;
import dev.heartbeat.transport.TraceSpan;

/** What does a trace tell of a round? How many targets were how; and which were not up, as far as there is room. */
final class RoundTrace {
    /** So many targets are named: a round may have 10,000. */
    static final int MOST = 32;

    private RoundTrace() {
    }

    static void tell(TraceSpan trace, Duration interval, List<Observation> found) {
        if (!trace.isHeard()) {
            return;
        }
        trace.with("heartbeat.interval_ms", interval.toMillis()).with("heartbeat.targets", found.size());
        for (Health health : List.of(Health.UP, Health.DOWN, Health.UNKNOWN)) {
            trace.with("heartbeat.targets_" + health.name().toLowerCase(Locale.ROOT),
                    found.stream().filter(one -> one.outcome().health() == health).count());
        }
        found.stream().filter(one -> one.outcome().health() != Health.UP).limit(MOST).forEach(one -> tell(trace, one));
    }

    private static void tell(TraceSpan trace, Observation one) {
        trace.event("target is " + one.outcome().health(), one.at(),
                Map.of("heartbeat.kind", one.target().kind().word(), "heartbeat.name", one.target().name(), "heartbeat.reason",
                        one.outcome().reason().name()));
    }
}
