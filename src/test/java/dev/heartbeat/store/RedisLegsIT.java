package dev.heartbeat.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Leg;
import dev.heartbeat.model.Leg.Verdict;
import dev.heartbeat.services.Certificates;
import dev.heartbeat.services.Ports;
import dev.heartbeat.services.RedisServer;
import dev.heartbeat.store.RedisFixture.Settings;

/** What does a look at a real Redis tell, and does it leave everything as it was? */
class RedisLegsIT {
    private static List<Leg> look(StoreConfig config) {
        return new RedisLegs(() -> RedisFixture.client(config), config).look().await().atMost(Duration.ofSeconds(30));
    }

    private static String fault(StoreConfig config) {
        List<Leg> legs = look(config);
        assertThat(legs).as(legs.toString()).singleElement()
                .satisfies(leg -> assertThat(leg.verdict()).isEqualTo(Verdict.FAULT));
        return legs.get(0).words();
    }

    @Test
    void whereAllIsWellNothingIsLeftBehind() {
        try (RedisServer server = RedisServer.start()) {
            server.admin().set("service:a:ok", "2026-12-05 10:00:00 UTC");
            assertThat(look(Settings.of(server))).extracting(Leg::verdict).containsOnly(Verdict.OK);
            assertThat(look(Settings.of(server)).get(0).words()).contains("logged in, version ");
            assertThat(server.admin().ask("KEYS", "*")).isEqualTo(List.of("service:a:ok"));
        }
    }

    @Test
    void passwordUserAndDatabaseAreNamed() {
        try (RedisServer server = RedisServer.start("--requirepass", "right-secret")) {
            Settings settings = Settings.of(server);
            assertThat(fault(settings)).contains("refuses user default or the password (REDIS_USERNAME, REDIS_PASSWORD)");
            assertThat(fault(settings.as("joe", "wrong-secret"))).contains("refuses user joe").doesNotContain("secret)");
            assertThat(fault(settings.as(null, "right-secret").inDatabase(99))).contains("has no database 99 (REDIS_DB)");
            assertThat(look(settings.as(null, "right-secret"))).extracting(Leg::verdict).containsOnly(Verdict.OK);
        }
    }

    @Test
    void lackingRightsAreNamedOneByOne() {
        try (RedisServer server = RedisServer.start()) {
            server.admin().ask("ACL", "SETUSER", "poor", "on", ">x", "~heartbeat:*", "+@all", "-@scripting");
            List<Leg> legs = look(Settings.of(server).as("poor", "x"));
            assertThat(legs.stream().filter(leg -> leg.verdict() == Verdict.FAULT).map(Leg::words)).hasSize(3)
                    .anySatisfy(words -> assertThat(words).contains("may not run scripts"))
                    .anySatisfy(words -> assertThat(words).contains("may not write service:*"))
                    .anySatisfy(words -> assertThat(words).contains("may not write queue:*"));
        }
    }

    @Test
    void aReplicaTakesNoWrites() {
        try (RedisServer server = RedisServer.start("--replicaof", "127.0.0.1 " + Ports.free())) {
            assertThat(look(Settings.of(server))).anySatisfy(leg -> {
                assertThat(leg.verdict()).isEqualTo(Verdict.FAULT);
                assertThat(leg.words()).contains("read only replica");
            });
        }
    }

    @Test
    void certificatesAreTrustedOrSaidToBeOfNobody() {
        Certificates ours = Certificates.create();
        try (RedisServer server = RedisServer.start(ours.server("dns:localhost"))) {
            Settings settings = Settings.of(server);
            assertThat(look(settings.trusting("localhost", ours.authority().toString()))).extracting(Leg::verdict)
                    .containsOnly(Verdict.OK);
            assertThat(fault(settings.trusting("localhost", Certificates.create().authority().toString())))
                    .contains("Redis' certificate is signed by nobody whom", "(REDIS_CA_CERT_PATH) trusts");
            assertThat(fault(settings.trusting("127.0.0.1", ours.authority().toString())))
                    .contains("Redis' certificate is not for 127.0.0.1 (REDIS_HOST)");
            assertThat(fault(settings)).contains("REDIS_TLS=true?");
        }
    }

    @Test
    void whatCanNotBeReachedIsNamed() {
        Settings nowhere = new Settings("no-such-host.invalid", 6379, 0, Optional.empty(), Optional.empty(), false,
                Optional.empty(), Layout.READER_SAFE, 10);
        assertThat(fault(nowhere)).isEqualTo(
                "redis://no-such-host.invalid:6379/0: host no-such-host.invalid is not known (REDIS_HOST)");
        assertThat(fault(new Settings("localhost", Ports.free(), 0, Optional.empty(), Optional.empty(), false, Optional.empty(),
                Layout.READER_SAFE, 10))).contains("can not be reached", "(REDIS_HOST, REDIS_PORT)");
    }
}
