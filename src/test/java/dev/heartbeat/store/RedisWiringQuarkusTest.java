package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.hear;
import static dev.heartbeat.store.Beats.host;
import static dev.heartbeat.store.Beats.up;
import static dev.heartbeat.store.StateStoreContract.get;
import static dev.heartbeat.store.StateStoreContract.one;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import dev.heartbeat.services.RedisServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Does the application's own client go where {@code REDIS_*} says, whatever address the extension was given? */
@QuarkusTest
@TestProfile(RedisWiringQuarkusTest.Address.class)
class RedisWiringQuarkusTest {
    public static final class Address implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.redis.active", "true", "quarkus.redis.hosts", "redis://taken.from.the.settings",
                    "redis.host", "localhost", "redis.port",
                    String.valueOf(RedisServer.shared().port()), "redis.db", "9", "redis.ca-cert-path", "", "redis.layout",
                    "seed");
        }
    }

    @Inject
    RedisStore store;
    @Inject
    StoreConfig config;

    @Test
    void theStoreWorksOnTheRedisOfTheSettings() {
        assertThat(config.layout()).isEqualTo(Layout.SEED);
        assertThat(config.outboxLength()).isEqualTo(10_000);
        get(store.start());
        get(store.update("s", hear(new Beats("s").say(1, up(host("db"), 1)))));
        assertThat(one(get(store.refresh())).targets()).containsOnlyKeys(host("db"));
    }
}
