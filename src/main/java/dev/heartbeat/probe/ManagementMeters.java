package dev.heartbeat.probe;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What do our questions cost the management API, which belongs to others? As meters. */
final class ManagementMeters {
    private static final Duration[] BUCKETS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000)
            .mapToObj(Duration::ofMillis).toArray(Duration[]::new);

    private final Timer duration;
    private final Counter failures;
    private final Counter bytes;

    /** @param requests counts what was asked */
    ManagementMeters(AtomicLong requests, MeterRegistry registry) {
        FunctionCounter.builder("heartbeat.management.requests", requests, AtomicLong::get)
                .description("Questions put to the broker's management API").register(registry);
        this.duration = Timer.builder("heartbeat.management.request.duration")
                .description("How long the management API took to answer, or we to give up").serviceLevelObjectives(BUCKETS)
                .register(registry);
        this.failures = Counter.builder("heartbeat.management.failures")
                .description("Questions that the management API did not answer").register(registry);
        this.bytes = Counter.builder("heartbeat.management.received").baseUnit("bytes")
                .description("Size of the management API's answers").register(registry);
    }

    void ended(long nanos, boolean answered, long length) {
        duration.record(nanos, TimeUnit.NANOSECONDS);
        bytes.increment(length);
        if (!answered) {
            failures.increment();
        }
    }
}
