package dev.heartbeat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.heartbeat.services.Certificates;
import dev.heartbeat.services.PostgresServer;
import dev.heartbeat.services.Warnings;
import io.vertx.core.Vertx;

class PgPoolsIT {
    private static final Certificates OURS = Certificates.create();
    private static final Certificates THEIRS = Certificates.create();
    private static final PostgresServer ENCRYPTED = PostgresServer.start(OURS.server("dns:localhost"));
    private static final PostgresServer PLAIN = PostgresServer.shared();
    private static final Vertx VERTX = Vertx.vertx();
    private static final PgPools POOLS = new PgPools(VERTX);

    @AfterAll
    static void end() {
        POOLS.close();
        VERTX.close();
        ENCRYPTED.close();
    }

    @Test
    void optionsReachTheServerOnEveryWay() throws Exception {
        String database = PLAIN.database();
        PLAIN.ask(database, "create schema \"the monitoring\"");
        PgAddress address = PgAddress.parse(PLAIN.dsn("postgres", database)
                + "&options=-c%20search_path%3D%22the%5C%20monitoring%22");
        PgLink link = new PgLink(() -> POOLS.of(address), () -> address, Duration.ofSeconds(30));
        String schema = link.ask("select current_schema()").await().indefinitely().iterator().next().getString(0);
        assertThat(schema).isEqualTo("the monitoring");

        new Migrations(link, () -> address).run().await().indefinitely();

        assertThat(PLAIN.ask(database, "select distinct schemaname from pg_tables where tablename like 'heartbeat%'"))
                .singleElement().asString().contains("the monitoring");
    }

    @Test
    void whatADsnAsksForInVainIsSaidOnce() {
        try (Warnings warnings = new Warnings(PgPools.class)) {
            PgAddress address = PgAddress.parse(PLAIN.dsn("me", "nothing") + "&sslcert=x&target_session_attrs=read-write");
            POOLS.of(address);
            POOLS.of(address, Duration.ofSeconds(1));

            assertThat(warnings.told()).singleElement().asString().contains("me@localhost", "sslcert (no certificate",
                    "target_session_attrs (whichever");
        }
    }

    @ParameterizedTest
    @CsvSource({ "disable,false", "allow,false", "prefer,true", "require,true" })
    void aServerThatCanIsSpokenToAsTheModeSays(String mode, boolean encrypted) {
        assertThat(isEncrypted(ENCRYPTED, "localhost", mode, null)).isEqualTo(encrypted);
    }

    @ParameterizedTest
    @CsvSource({ "disable", "allow", "prefer" })
    void aServerThatCanNotIsSpokenToInTheClear(String mode) {
        assertThat(isEncrypted(PLAIN, "localhost", mode, null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({ "require", "verify-ca", "verify-full" })
    void aServerThatCanNotIsRefusedWhereTlsIsAMust(String mode) {
        assertThatThrownBy(() -> isEncrypted(PLAIN, "localhost", mode, OURS.authority().toString())).message().contains("SSL");
    }

    @ParameterizedTest
    @CsvSource({ "require,127.0.0.1", "verify-ca,127.0.0.1", "verify-full,localhost" })
    void aCertificateOfTheTrustedAuthorityIsTrusted(String mode, String host) {
        assertThat(isEncrypted(ENCRYPTED, host, mode, OURS.authority().toString())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({ "require", "verify-ca", "verify-full" })
    void aCertificateOfAnotherAuthorityIsRefused(String mode) {
        assertThatThrownBy(() -> isEncrypted(ENCRYPTED, "localhost", mode, THEIRS.authority().toString()))
                .hasMessageContaining("handshake");
    }

    @ParameterizedTest
    @CsvSource({ "verify-ca", "verify-full" })
    void theSystemsAuthoritiesCountWhereNoneIsNamed(String mode) {
        assertThatThrownBy(() -> isEncrypted(ENCRYPTED, "localhost", mode, null)).hasMessageContaining("handshake");
    }

    @Test
    void aCertificateForAnotherNameIsRefusedInFull() {
        assertThatThrownBy(() -> isEncrypted(ENCRYPTED, "127.0.0.1", "verify-full", OURS.authority().toString()))
                .hasMessageContaining("handshake");
    }

    @Test
    void aFileWithoutAuthoritiesIsNamed() {
        assertThatThrownBy(() -> isEncrypted(ENCRYPTED, "localhost", "verify-ca", "/absent.pem"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("/absent.pem");
    }

    @Test
    void aPasswordIsNotShownByWhatFails() {
        String role = PLAIN.role();

        assertThatThrownBy(() -> ask(PgAddress.parse(PLAIN.dsn(role, "absent") + "&password=s3cret"), "select 1"))
                .hasMessageContaining("absent").message().doesNotContain("s3cret");
    }

    private static boolean isEncrypted(PostgresServer server, String host, String mode, String authorities) {
        PgAddress address = PgAddress.parse("host=" + host + " port=" + server.port() + " user=postgres sslmode=" + mode
                + (authorities == null ? "" : " sslrootcert=" + authorities));
        return (Boolean) ask(address, "select ssl from pg_stat_ssl where pid = pg_backend_pid()");
    }

    private static Object ask(PgAddress address, String sql) {
        try {
            return POOLS.of(address).query(sql).execute().toCompletionStage().toCompletableFuture()
                    .orTimeout(10, TimeUnit.SECONDS).join().iterator().next().getValue(0);
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }
}
