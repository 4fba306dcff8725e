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

import dev.heartbeat.services.PostgresServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Does the application's own store go where {@code DB_*} says, and make its tables there? */
@QuarkusTest
@TestProfile(PostgresWiringQuarkusTest.Address.class)
class PostgresWiringQuarkusTest {
    public static final class Address implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("db.host", "localhost", "db.port", String.valueOf(PostgresServer.shared().port()), "db.name",
                    PostgresServer.shared().database(), "db.user", "postgres", "db.sslmode", "prefer");
        }
    }

    @Inject
    PostgresStore store;

    @Test
    void theStoreWorksInTheDatabaseOfTheSettings() {
        get(store.start());
        get(store.update("s", hear(new Beats("s").say(1, up(host("db"), 1)))));
        assertThat(one(get(store.refresh())).targets()).containsOnlyKeys(host("db"));
    }
}
