package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.host;
import static dev.heartbeat.store.StateStoreContract.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.LatencyHour;

class MemoryLatenciesTest extends LatenciesContract {
    private static final int ROOM = 20_000;
    private final Instant[] now = { HOUR };

    @Override
    Latencies empty(InstantSource clock) {
        return new MemoryLatencies(clock, Long.MAX_VALUE);
    }

    @Test
    void whenThereIsNoRoomTheOldestHoursGoAndTheHourThatRunsStays() {
        Latencies small = new MemoryLatencies(() -> now[0], ROOM);
        for (int hour = 0; hour < 40; hour++) {
            now[0] = HOUR.plus(Duration.ofHours(hour));
            for (int target = 0; target < 50; target++) {
                get(small.write("s", now[0], "one", Map.of(host("t" + target), of(1, 2))));
            }
        }
        assertThat(get(small.of("s", host("t0")))).hasSizeBetween(2, 10).last()
                .isEqualTo(new LatencyHour(now[0], of(1, 2)));
        for (int target = 0; target < 500; target++) {
            get(small.write("s", now[0], "one", Map.of(host("t" + target), of(1, 2))));
        }
        assertThat(get(small.of("s", host("t0")))).containsExactly(new LatencyHour(now[0], of(1, 2)));
        assertThat(get(small.of("s", host("t499")))).hasSize(1);
    }
}
