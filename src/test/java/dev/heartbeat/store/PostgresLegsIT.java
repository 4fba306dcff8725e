package dev.heartbeat.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.heartbeat.model.Leg;
import dev.heartbeat.model.Leg.Verdict;
import dev.heartbeat.model.RowLayout;
import dev.heartbeat.services.Certificates;
import dev.heartbeat.services.PostgresServer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** What does a look at a real PostgreSQL tell, and does it leave everything as it was? */
class PostgresLegsIT {
    private static final Vertx VERTX = Vertx.vertx();
    private final PostgresServer server = PostgresServer.shared();
    private final String database = server.database();
    private final PgPools pools = new PgPools(VERTX);

    @AfterEach
    void close() {
        pools.close();
    }

    private PostgresLegs legs(Map<String, String> settings) {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(PgConfig.class)
                .withMapping(HistoryConfig.class).withSources(new PropertiesConfigSource(settings, "test", 100)).build();
        PgConfig own = config.getConfigMapping(PgConfig.class);
        return new PostgresLegs(pools, own, new HistoryTables(pools, own, config.getConfigMapping(HistoryConfig.class)));
    }

    private Map<String, String> as(String user, String name) {
        return Map.of("db.host", "localhost", "db.port", String.valueOf(server.port()), "db.user", user, "db.name", name,
                "db.sslmode", "disable");
    }

    private static Leg get(Uni<Leg> leg) {
        return leg.await().atMost(Duration.ofSeconds(30));
    }

    private Leg states(String user) {
        return get(legs(as(user, database)).states());
    }

    private Leg history(String user, String table, RowLayout layout) {
        return get(legs(as(user, database)).history(PgAddress.parse(server.dsn(user, database)), table, layout));
    }

    private List<Map<String, Object>> tables() {
        return server.ask(database, "select relname from pg_class where relnamespace = 'public'::regnamespace order by 1");
    }

    private static void is(Leg leg, Verdict verdict, String... words) {
        assertThat(leg.verdict()).as(leg.words()).isEqualTo(verdict);
        assertThat(leg.words()).contains(words);
    }

    @Test
    void whatAStartWouldCreateForStatesIsSaidAndNotCreated() {
        is(states("postgres"), Verdict.WARN, "a start creates heartbeat_*");
        assertThat(tables()).isEmpty();
        get(new PostgresStore(() -> pools.of(address()), this::address, 10, Duration.ofSeconds(30)).start()
                .replaceWith(Leg.ok("store", "started")));
        is(states("postgres"), Verdict.OK, "all is there, and may be written");
    }

    private PgAddress address() {
        return PgAddress.parse(server.dsn("postgres", database));
    }

    @ParameterizedTest
    @EnumSource(RowLayout.class)
    void whatAStartWouldCreateForAHistoryIsSaidAndNotCreated(RowLayout layout) {
        is(history("postgres", "rows", layout), Verdict.WARN, "a start creates rows");
        assertThat(tables()).isEmpty();
        get(open(layout).start().replaceWith(Leg.ok("history", "started")));
        List<Map<String, Object>> made = tables();
        is(history("postgres", "rows", layout), Verdict.OK, "table rows", "may be written");
        assertThat(tables()).isEqualTo(made);
        assertThat(server.ask(database, "select * from rows")).isEmpty();
    }

    private HistoryTable open(RowLayout layout) {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(PgConfig.class)
                .withMapping(HistoryConfig.class).build();
        return new HistoryTables(pools, config.getConfigMapping(PgConfig.class), config.getConfigMapping(HistoryConfig.class))
                .open(address(), "rows", layout);
    }

    @Test
    void whoMayNotCreateIsToldWhatToGrant() {
        server.ask(database, "revoke create on schema public from public");
        String role = server.role();
        is(states(role), Verdict.FAULT, "grant create on schema public to " + role);
        is(history(role, "rows", RowLayout.HEALTHCHECK), Verdict.FAULT, "it lacks CREATE on schema public");
        server.ask(database, "create table rows (a int)");
        is(history(role, "rows", RowLayout.HEALTHCHECK), Verdict.FAULT, role + " lacks INSERT, SELECT, UPDATE on it");
        is(history("postgres", "rows", RowLayout.HEALTHCHECK), Verdict.FAULT, "does not have the shape of healthcheck");
    }

    @Test
    void timescaleWithoutItsExtensionIsAFault() {
        Map<String, String> settings = new java.util.HashMap<>(as("postgres", database));
        settings.put("history.timescale", "on");
        is(get(legs(settings).history(address(), "rows", RowLayout.HEARTBEAT)), Verdict.FAULT, "no extension timescaledb");
    }

    @Test
    void whoIsRefusedIsToldBySettings() {
        is(states("nobody"), Verdict.FAULT, "refuses user nobody or the password (DB_USER, DB_PASSWORD)");
        is(get(legs(as("postgres", "absent")).states()), Verdict.FAULT, "database absent does not exist (DB_NAME)");
        Map<String, String> nowhere = new java.util.HashMap<>(as("postgres", database));
        nowhere.put("db.port", String.valueOf(dev.heartbeat.services.Ports.free()));
        is(get(legs(nowhere).states()), Verdict.FAULT, "can not be reached", "(DB_HOST, DB_PORT)");
        is(get(legs(Map.of("db.host", "no-such-host.invalid")).states()), Verdict.FAULT, "is not known (DB_HOST)");
        is(get(legs(Map.of("db.dsn", "host=localhost port=" + server.port() + " user=nobody password=s3cret sslmode=require"))
                .states()), Verdict.FAULT, "speaks no TLS");
    }

    @Test
    void certificatesAreTrustedOrSaidToBeOfNobody() {
        Certificates ours = Certificates.create();
        try (PostgresServer secured = PostgresServer.start(ours.server("dns:localhost"))) {
            String dsn = " port=" + secured.port() + " user=postgres sslmode=verify-full sslrootcert=";
            is(get(legs(Map.of("db.dsn", "host=localhost" + dsn + ours.authority())).states()), Verdict.WARN,
                    "a start creates");
            is(get(legs(Map.of("db.dsn", "host=localhost" + dsn + Certificates.create().authority())).states()), Verdict.FAULT,
                    "PostgreSQL's certificate is signed by nobody whom");
            is(get(legs(Map.of("db.dsn", "host=127.0.0.1" + dsn + ours.authority())).states()), Verdict.FAULT,
                    "PostgreSQL's certificate is not for 127.0.0.1");
        }
    }
}
