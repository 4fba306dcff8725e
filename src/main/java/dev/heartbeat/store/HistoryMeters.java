package dev.heartbeat.store;

import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/** Does one table of the history take rows, how many, and how fast? As meters. */
final class HistoryMeters {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Timer writes;
    private final Counter written;
    private final Counter refused;
    private volatile boolean up;

    /** @param table as the readiness names it */
    HistoryMeters(String table, MeterRegistry registry) {
        this.registry = registry;
        this.tags = Tags.of("table", table);
        this.writes = Timer.builder("heartbeat.history.write.duration")
                .description("How long a batch of rows took to be durable").tags(tags)
                .serviceLevelObjectives(StoreMeters.BUCKETS).register(registry);
        this.written = counter("heartbeat.history.rows.written", "Rows that the table took, again included");
        this.refused = counter("heartbeat.history.rows.refused", "Rows that the database refuses for good");
        Gauge.builder("heartbeat.history.up", this, meters -> meters.up ? 1 : 0)
                .description("Whether the table took what it was last given").tags(tags).strongReference(true)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    /** @param age in seconds; asked at every scrape */
    <T> void canary(T of, ToDoubleFunction<T> age) {
        Gauge.builder("heartbeat.history.canary.age", of, age).baseUnit("seconds")
                .description("Age of the newest row that was written and read back").tags(tags).strongReference(true)
                .register(registry);
    }

    void isUp() {
        up = true;
    }

    void isDown() {
        up = false;
    }

    void wrote(int rows, long nanos) {
        up = true;
        writes.record(nanos, TimeUnit.NANOSECONDS);
        written.increment(rows);
    }

    /** The failure of a write of so many rows. */
    void failed(int rows, long nanos, Throwable failure) {
        if (failure instanceof RowRefusedException some) {
            wrote(rows - some.reasons().size(), nanos);
            refused.increment(some.reasons().size());
        } else {
            up = false;
        }
    }
}
