package dev.heartbeat.receive;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.Observation;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** How much was heard, what of it was nothing new, and how old was it when it was kept? As meters too. */
final class Reception {
    private static final Duration[] BUCKETS = LongStream
            .of(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 3_600_000)
            .mapToObj(Duration::ofMillis).toArray(Duration[]::new);

    private final AtomicLong heard = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong late = new AtomicLong();
    private final Timer delay;

    Reception(MeterRegistry registry) {
        FunctionCounter.builder("heartbeat.received", heard, AtomicLong::get)
                .description("Heartbeats that were taken and kept").register(registry);
        FunctionCounter.builder("heartbeat.duplicate", repeated, AtomicLong::get)
                .description("Of the received, those that had come before").register(registry);
        FunctionCounter.builder("heartbeat.late", late, AtomicLong::get)
                .description("Of the received, those older than what had come before").register(registry);
        this.delay = Timer.builder("heartbeat.check.to.store")
                .description("From the oldest check of a heartbeat until all of the heartbeat was kept")
                .serviceLevelObjectives(BUCKETS).register(registry);
    }

    long heard() {
        return heard.get();
    }

    void committed(Change change) {
        repeated.addAndGet(change.repeated());
        late.addAndGet(change.late());
    }

    /** All of these are where they belong. */
    void kept(Collection<Heartbeat> heartbeats, Instant now) {
        heard.addAndGet(heartbeats.size());
        for (Heartbeat heartbeat : heartbeats) {
            Instant oldest = oldest(heartbeat);
            if (oldest != null) {
                delay.record(oldest.isAfter(now) ? Duration.ZERO : Duration.between(oldest, now));
            }
        }
    }

    private static Instant oldest(Heartbeat heartbeat) {
        Instant oldest = null;
        for (Observation observation : heartbeat.observations()) {
            oldest = oldest == null || observation.at().isBefore(oldest) ? observation.at() : oldest;
        }
        return oldest;
    }
}
