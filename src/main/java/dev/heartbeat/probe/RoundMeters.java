package dev.heartbeat.probe;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** How long do checks and rounds take, do rounds keep to their schedule, and what do they find? As meters. */
final class RoundMeters {
    /** A targets file has a handful; more, of many reloads, share one series. */
    private static final int MOST_INTERVALS = 20;
    private static final String ANY_OTHER = "other";
    private static final Duration[] OF_A_TRY = millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000);
    private static final Duration[] OF_A_ROUND = millis(10, 50, 100, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);
    private static final Duration[] OF_LATENESS = millis(1, 5, 10, 50, 100, 500, 1_000, 5_000);

    private final MeterRegistry registry;
    private final Timer lateness;
    private final Counter skipped;
    private final Map<Met, Counter> observations = new ConcurrentHashMap<>();
    private final Set<String> intervals = ConcurrentHashMap.newKeySet();

    /** What tells one count of observations from another. */
    private record Met(Kind kind, Health health, Reason reason) {
    }

    RoundMeters(MeterRegistry registry) {
        this.registry = registry;
        this.lateness = timer("heartbeat.round.lateness", "How late a round began against its schedule", OF_LATENESS)
                .register(registry);
        this.skipped = Counter.builder("heartbeat.rounds.skipped")
                .description("Rounds that did not begin because the one before still ran").register(registry);
    }

    /** Takes the nanoseconds of each try of the checks of that name. */
    LongConsumer tries(String name) {
        Timer timer = timer("heartbeat.check.duration", "How long one try of a check took, answered or not", OF_A_TRY)
                .tag("kind", name).register(registry);
        return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** The meters of the rounds of that interval. */
    OfInterval of(Duration interval) {
        String seconds = seconds(interval);
        boolean isNamed = intervals.contains(seconds) || intervals.size() < MOST_INTERVALS && intervals.add(seconds);
        return new OfInterval(timer("heartbeat.round.duration", "How long a round took", OF_A_ROUND)
                .tag("interval", isNamed ? seconds : ANY_OTHER).register(registry));
    }

    private static String seconds(Duration interval) {
        return BigDecimal.valueOf(interval.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    private void count(Observation observation) {
        Met met = new Met(observation.target().kind(), observation.outcome().health(), observation.outcome().reason());
        observations.computeIfAbsent(met, this::counter).increment();
    }

    private Counter counter(Met met) {
        return Counter.builder("heartbeat.observations").description("What rounds found, by target")
                .tags("kind", met.kind.word(), "outcome", met.health.name(), "reason",
                        met.reason == null ? "none" : met.reason.name())
                .register(registry);
    }

    private static Timer.Builder timer(String name, String description, Duration... buckets) {
        return Timer.builder(name).description(description).serviceLevelObjectives(buckets);
    }

    private static Duration[] millis(long... bounds) {
        return Arrays.stream(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    /** What is measured of the rounds of one interval. */
    final class OfInterval {
        private final Timer duration;

        private OfInterval(Timer duration) {
            this.duration = duration;
        }

        void began(long nanosLate) {
            lateness.record(Math.max(0, nanosLate), TimeUnit.NANOSECONDS);
        }

        void ended(long nanos, List<Observation> found) {
            duration.record(nanos, TimeUnit.NANOSECONDS);
            found.forEach(RoundMeters.this::count);
        }

        void skipped(long ticks) {
            skipped.increment(ticks);
        }
    }
}
