package dev.heartbeat.store;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.Transition;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/** Does the store of the states answer and take, how fast, and what comes to pass in it? As meters. */
final class StoreMeters {
    static final Duration[] BUCKETS = LongStream.of(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000)
            .mapToObj(Duration::ofMillis).toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Timer updates;
    private final Counter failures;
    private final Map<Turn, Counter> transitions = new ConcurrentHashMap<>();
    private volatile boolean answers;
    /** Some answer, and take nothing: full, or read only. */
    private volatile boolean takes = true;

    /** What tells one count of transitions from another. */
    private record Turn(boolean ofSource, Health from, Health to) {
    }

    StoreMeters(String name, MeterRegistry registry) {
        Tags tags = Tags.of("store", name);
        this.registry = registry;
        this.updates = Timer.builder("heartbeat.store.update.duration")
                .description("How long a change of one source's state took to be durable").tags(tags)
                .serviceLevelObjectives(BUCKETS).register(registry);
        this.failures = Counter.builder("heartbeat.store.failures")
                .description("Questions to the store, and changes, that failed").tags(tags).register(registry);
        Gauge.builder("heartbeat.store.up", this, meters -> meters.answers && meters.takes ? 1 : 0)
                .description("Whether the store answered when it was last asked, which is every second, and took what it was"
                        + " last given")
                .tags(tags).register(registry);
    }

    void answered() {
        answers = true;
    }

    void silent() {
        answers = false;
        failures.increment();
    }

    void refused() {
        takes = false;
        failures.increment();
    }

    void committed(Change change, long nanos) {
        takes = true;
        updates.record(nanos, TimeUnit.NANOSECONDS);
        for (Transition transition : change.transitions()) {
            transitions.computeIfAbsent(new Turn(transition.target() == null, transition.from(), transition.to()),
                    this::counter).increment();
        }
    }

    private Counter counter(Turn turn) {
        return Counter.builder("heartbeat.transitions").description("Changes of health that this process committed")
                .tags("of", turn.ofSource ? "source" : "target", "from", word(turn.from), "to", word(turn.to))
                .register(registry);
    }

    private static String word(Health health) {
        return health == null ? "none" : health.name();
    }
}
