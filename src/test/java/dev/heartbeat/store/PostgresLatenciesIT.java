package dev.heartbeat.store;

import static dev.heartbeat.store.StateStoreContract.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.LatencyHour;
import dev.heartbeat.services.PostgresServer;

class PostgresLatenciesIT extends LatenciesContract {
    private static final PostgresFixture POSTGRES = new PostgresFixture(PostgresServer.shared());

    @Override
    Latencies empty(InstantSource clock) {
        return new PostgresLatencies(POSTGRES.empty().link(), clock);
    }

    @Test
    void whoWritesDropsWhatIsTooOld() {
        Latencies early = empty(() -> HOUR);
        get(early.write("s", HOUR, "one", Map.of(DB, of(1))));
        Instant later = HOUR.plus(Latencies.KEPT);
        Latencies late = new PostgresLatencies(POSTGRES.link(), () -> later);
        get(late.write("other", later, "one", Map.of(DB, of(1))));
        assertThat(POSTGRES.number("select count(*) from heartbeat_latencies")).isEqualTo(1);
    }

    @Test
    void whatIsNoHistogramIsPassedOver() {
        Latencies latencies = empty(() -> HOUR);
        get(latencies.write("s", HOUR, "one", Map.of(DB, of(1))));
        get(latencies.write("s", HOUR, "two", Map.of(DB, of(2))));
        POSTGRES.ask("update heartbeat_latencies set histogram = '{}' where count = 'one'");
        assertThat(get(latencies.of("s", DB))).containsExactly(new LatencyHour(HOUR, of(2)));
    }

    @Test
    void aStoreKeepsThem() {
        POSTGRES.empty();
        get(POSTGRES.store().latencies().write("s", Instant.now().truncatedTo(ChronoUnit.HOURS), "one", Map.of(DB, of(1))));
        assertThat(get(POSTGRES.store().latencies().of("s", DB))).hasSize(1);
    }
}
