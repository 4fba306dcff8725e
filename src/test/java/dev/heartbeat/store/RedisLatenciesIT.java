package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.hear;
import static dev.heartbeat.store.Beats.up;
import static dev.heartbeat.store.RedisFixture.ask;
import static dev.heartbeat.store.RedisFixture.keys;
import static dev.heartbeat.store.RedisFixture.store;
import static dev.heartbeat.store.StateStoreContract.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.LatencyHour;
import dev.heartbeat.services.RedisServer;
import dev.heartbeat.store.RedisFixture.Settings;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.Command;

class RedisLatenciesIT extends LatenciesContract {
    private static final String COUNT = "heartbeat:source:s:latencies:" + HOUR.getEpochSecond() + ":one";
    private final Settings settings = Settings.of(RedisServer.shared()).inDatabase(9);
    private final Redis redis = RedisFixture.client(settings);

    @Override
    Latencies empty(InstantSource clock) {
        ask(redis, Command.FLUSHDB);
        return new RedisLatencies(new RedisLink(() -> redis, RedisLink.PATIENCE), clock);
    }

    @Test
    void theyAreWrittenUnderKeysThatExpire() {
        Latencies latencies = empty(() -> HOUR.plusSeconds(1_800));
        get(latencies.write("s", HOUR, "one", Map.of(DB, of(1, 2))));
        assertThat(keys(redis, "*")).containsExactlyInAnyOrder(COUNT, "heartbeat:source:s:latencies");
        assertThat(ask(redis, Command.HGET, COUNT, "host:db")).hasToString("1000 2000 3000 39:1 43:1");
        long half = Duration.ofMinutes(30).toSeconds();
        long expiry = Duration.ofHours(49).toSeconds();
        assertThat(ask(redis, Command.TTL, COUNT).toLong()).isBetween(expiry - half - 60, expiry - half);
        assertThat(ask(redis, Command.TTL, "heartbeat:source:s:latencies").toLong()).isBetween(expiry - 60, expiry);
    }

    @Test
    void whatIsNoHistogramIsPassedOver() {
        Latencies latencies = empty(() -> HOUR);
        get(latencies.write("s", HOUR, "one", Map.of(DB, of(1))));
        get(latencies.write("s", HOUR, "two", Map.of(DB, of(2))));
        ask(redis, Command.HSET, COUNT, "host:db", "{}");
        assertThat(get(latencies.of("s", DB))).containsExactly(new LatencyHour(HOUR, of(2)));
    }

    @Test
    void aCountThatRedisHasDroppedIsPassedOver() {
        Latencies latencies = empty(() -> HOUR);
        get(latencies.write("s", HOUR, "one", Map.of(DB, of(1))));
        ask(redis, Command.DEL, COUNT);
        assertThat(get(latencies.of("s", DB))).isEmpty();
    }

    @Test
    void aCommitWritesNone() {
        ask(redis, Command.FLUSHDB);
        StateStore store = store(settings);
        get(store.start());
        get(store.update("s", hear(new Beats("s").say(1, up(DB, 1)))));
        assertThat(keys(redis, "*latenc*")).isEmpty();
    }

    @Test
    void aStoreKeepsThem() {
        ask(redis, Command.FLUSHDB);
        Latencies latencies = store(settings).latencies();
        get(latencies.write("s", java.time.Instant.now().truncatedTo(java.time.temporal.ChronoUnit.HOURS), "one",
                Map.of(DB, of(1))));
        assertThat(get(store(settings).latencies().of("s", DB))).hasSize(1);
    }
}
