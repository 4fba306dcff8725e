package dev.heartbeat.store;

import static dev.heartbeat.store.StateStoreContract.PATIENCE;
import static dev.heartbeat.store.StateStoreContract.get;
import static dev.heartbeat.store.Stores.fall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.heartbeat.services.Certificates;
import dev.heartbeat.services.PostgresServer;
import io.smallrye.mutiny.Uni;

/** Who makes the tables, when several could, and what does one do who may not? */
class MigrationsIT {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final String STATE = "heartbeat_sources, heartbeat_fields, heartbeat_retired, heartbeat_outbox,"
            + " heartbeat_transitions, heartbeat_readers, heartbeat_latencies";
    private final String database = SERVER.database();

    private PostgresStore store(String user) {
        PgAddress address = new PgAddress("localhost", SERVER.port(), database, user, null, SslMode.DISABLE, null);
        return store(address);
    }

    private static PostgresStore store(PgAddress address) {
        PgPools pools = PostgresFixture.pools();
        return new PostgresStore(() -> pools.of(address), () -> address, 100, PATIENCE);
    }

    private List<?> migrations() {
        return SERVER.ask(database, "select version from heartbeat_migrations where success and version <> '0'").stream()
                .map(row -> row.get("version")).toList();
    }

    @Test
    void ofManyWhoStartAtTheSameTimeOneMakesTheTables() {
        List<Uni<Void>> starts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            starts.add(store("postgres").start());
        }
        get(Uni.join().all(starts).andFailFast());
        assertThat(migrations()).isEqualTo(List.of("1"));
        get(store("postgres").update("s", fall("a")));
    }

    @Test
    void whatOthersHaveInTheSameSchemaStaysAsItIs() {
        SERVER.ask(database, "create table theirs (id int); insert into theirs values (7)");
        get(store("postgres").start());
        assertThat(SERVER.ask(database, "select id from theirs").toString()).isEqualTo("[{id=7}]");
        assertThat(migrations()).isEqualTo(List.of("1"));
    }

    @Test
    void whereTheTablesAreNoRightToMakeThemIsNeeded() {
        get(store("postgres").start());
        String user = SERVER.role();
        SERVER.ask(database, "grant select on heartbeat_migrations to " + user);
        SERVER.ask(database, "grant select, insert, update, delete on " + STATE + " to " + user);
        PostgresStore store = store(user);
        get(store.start());
        get(store.update("s", fall("a")));
        get(store.outbox().claim("log", PATIENCE));
        assertThat(get(store.outbox().after(Outbox.BEGIN, 10))).hasSize(1);
        get(store.start());
    }

    @Test
    void whoMayNotMakeTheTablesIsToldSoInOneSentence() {
        String user = SERVER.role();
        assertThatThrownBy(() -> get(store(user).start())).hasMessage("the tables heartbeat_* are missing or old, and " + user
                + "@localhost:" + SERVER.port() + "/" + database + " may not make them: grant create on schema public to "
                + user
                + ", or start once as their owner");
    }

    @Test
    void whoMayNotReadTheMigrationsIsToldSo() {
        get(store("postgres").start());
        String user = SERVER.role();
        assertThatThrownBy(() -> get(store(user).start()))
                .hasMessageContaining("grant select on heartbeat_migrations to " + user);
    }

    @Test
    void whoMayNotWriteWhatIsThereIsToldWhatIsLacking() {
        get(store("postgres").start());
        String user = SERVER.role();
        SERVER.ask(database, "grant select on heartbeat_migrations to " + user);
        SERVER.ask(database, "grant select, insert, update, delete on " + STATE + " to " + user);
        SERVER.ask(database, "revoke delete on heartbeat_outbox from " + user);
        SERVER.ask(database, "revoke insert on heartbeat_readers from " + user);
        assertThatThrownBy(() -> get(store(user).start()))
                .hasMessageContaining("grant to " + user + " delete on heartbeat_outbox, insert on heartbeat_readers");
    }

    @Test
    void theTablesAreMadeOverAVerifiedLink() {
        Certificates ours = Certificates.create();
        try (PostgresServer server = PostgresServer.start(ours.server("dns:localhost"))) {
            String own = server.database();
            String trusted = ours.authority().toString();
            get(store(new PgAddress("localhost", server.port(), own, "postgres", null, SslMode.VERIFY_FULL, trusted)).start());
            get(store(new PgAddress("localhost", server.port(), server.database(), "postgres", null, SslMode.REQUIRE, trusted))
                    .start());
            String other = Certificates.create().authority().toString();
            for (SslMode mode : List.of(SslMode.REQUIRE, SslMode.VERIFY_CA, SslMode.VERIFY_FULL)) {
                PgAddress strict = new PgAddress("localhost", server.port(), own, "postgres", null, mode, other);
                assertThatThrownBy(() -> Migrations.migrate(strict)).hasMessageContaining("could not be made");
            }
        }
    }

    @Test
    void aDatabaseThatDoesNotExistIsNamed() {
        PgAddress nowhere = new PgAddress("localhost", SERVER.port(), "nowhere", "postgres", null, SslMode.DISABLE, null);
        assertThatThrownBy(() -> get(store(nowhere).start())).hasMessageContaining("\"nowhere\" does not exist");
    }
}
