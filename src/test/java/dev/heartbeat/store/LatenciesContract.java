package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.host;
import static dev.heartbeat.store.Beats.queue;
import static dev.heartbeat.store.StateStoreContract.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Histogram;
import dev.heartbeat.model.LatencyHour;
import dev.heartbeat.model.Target;

/** What does every store promise to those who count latencies and those who show them? */
abstract class LatenciesContract {
    static final Instant HOUR = Instant.parse("2026-11-21T10:00:00Z");
    static final Target DB = host("db");

    private Instant now = HOUR.plusSeconds(1_800);
    private Latencies latencies;

    /** Nothing is written there yet; the clock is asked whenever it matters. */
    abstract Latencies empty(java.time.InstantSource clock);

    @BeforeEach
    void begin() {
        latencies = empty(() -> now);
    }

    static Histogram of(int... millis) {
        return Histogram.of(Arrays.stream(millis).mapToObj(Duration::ofMillis).toList());
    }

    private static Instant hours(int before) {
        return HOUR.minus(Duration.ofHours(before));
    }

    private void write(Instant hour, String count, Target target, Histogram histogram) {
        get(latencies.write("s", hour, count, Map.of(target, histogram)));
    }

    private List<LatencyHour> read(Target target) {
        return get(latencies.of("s", target));
    }

    @Test
    void ofATargetThatNobodyCountedThereAreNoHours() {
        assertThat(read(DB)).isEmpty();
        write(HOUR, "one", DB, of(3));
        assertThat(read(host("other"))).isEmpty();
        assertThat(read(queue("db"))).isEmpty();
        assertThat(get(latencies.of("other", DB))).isEmpty();
    }

    @Test
    void hoursComeOldestFirst() {
        write(HOUR, "one", DB, of(3));
        write(hours(5), "two", DB, of(4));
        write(hours(1), "three", DB, of(5));
        assertThat(read(DB)).containsExactly(new LatencyHour(hours(5), of(4)), new LatencyHour(hours(1), of(5)),
                new LatencyHour(HOUR, of(3)));
    }

    @Test
    void severalProcessesAddUp() {
        write(HOUR, "one", DB, of(3, 4));
        write(HOUR, "two", DB, of(5));
        assertThat(read(DB)).containsExactly(new LatencyHour(HOUR, of(3, 4, 5)));
    }

    @Test
    void whatIsWrittenAgainReplacesWhatWasWritten() {
        write(HOUR, "one", DB, of(3));
        write(HOUR, "one", DB, of(3, 4));
        write(HOUR, "one", DB, of(3, 4));
        assertThat(read(DB)).containsExactly(new LatencyHour(HOUR, of(3, 4)));
    }

    @Test
    void whatIsWrittenOfOneTargetLeavesTheOthers() {
        write(HOUR, "one", DB, of(3));
        write(HOUR, "one", host("web"), of(9));
        assertThat(read(DB)).containsExactly(new LatencyHour(HOUR, of(3)));
        assertThat(read(host("web"))).containsExactly(new LatencyHour(HOUR, of(9)));
    }

    @Test
    void whatIsOlderThan48HoursIsGone() {
        write(hours(48), "one", DB, of(1));
        write(hours(47), "two", DB, of(2));
        assertThat(read(DB)).containsExactly(new LatencyHour(hours(47), of(2)));
        now = now.plus(Duration.ofHours(1));
        assertThat(read(DB)).isEmpty();
    }

    @Test
    void nothingIsWrittenOfNoTarget() {
        get(latencies.write("s", HOUR, "one", Map.of()));
        assertThat(read(DB)).isEmpty();
    }

    @Test
    void anyNameIsATarget() {
        Map<Target, Histogram> all = new HashMap<>();
        for (int i = 0; i < StateStoreContract.WEIRD.size(); i++) {
            all.put(host(StateStoreContract.WEIRD.get(i)), of(i + 1));
        }
        get(latencies.write("a:b *\n😀", HOUR, "one", all));
        all.forEach((target, histogram) -> assertThat(get(latencies.of("a:b *\n😀", target)))
                .containsExactly(new LatencyHour(HOUR, histogram)));
    }

    @Test
    void thousandsOfTargetsAreWritten() {
        Map<Target, Histogram> all = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            all.put(host("t" + i), of(i + 1));
        }
        get(latencies.write("s", HOUR, "one", all));
        for (int i : List.of(0, 499, 500, 501, 9_999)) {
            assertThat(read(host("t" + i))).containsExactly(new LatencyHour(HOUR, of(i + 1)));
        }
    }
}
