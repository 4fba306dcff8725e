package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.hear;
import static dev.heartbeat.store.Beats.host;
import static dev.heartbeat.store.Beats.up;
import static dev.heartbeat.store.RedisFixture.store;
import static dev.heartbeat.store.StateStoreContract.get;
import static dev.heartbeat.store.StateStoreContract.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.services.Certificates;
import dev.heartbeat.services.RedisServer;
import dev.heartbeat.store.RedisFixture.Settings;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisOptions;

class RedisAddressIT {
    private static final String SECRET = "p@ss:w/o#r?d%41+ [é]&=$1";
    private static final RedisServer GUARDED = RedisServer.start("--requirepass", SECRET);
    private static final Certificates OURS = Certificates.create();
    private static final RedisServer ENCRYPTED = RedisServer.start(OURS.server("dns:localhost"));

    @AfterAll
    static void end() {
        GUARDED.close();
        ENCRYPTED.close();
    }

    @Test
    void aPasswordMayHoldAnyCharacter() {
        assertWorks(Settings.of(GUARDED).as(null, SECRET));
    }

    @Test
    void aUserMayHaveAnyName() {
        RedisFixture.ask(RedisFixture.client(Settings.of(GUARDED).as(null, SECRET)), Command.ACL, "SETUSER", "us:er/ö", "on",
                ">" + SECRET + "2", "~heartbeat:*", "~service:*", "~queue:*", "+@all", "-@dangerous", "+info");
        assertWorks(Settings.of(GUARDED).as("us:er/ö", SECRET + "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "wrong", "" })
    void aWrongOrMissingPasswordIsSaidAndNotShown(String password) {
        Settings settings = Settings.of(GUARDED).as("", password);
        assertThatThrownBy(() -> get(store(settings).ping())).message().containsAnyOf("WRONGPASS", "NOAUTH")
                .doesNotContain(SECRET);
    }

    @Test
    void aServerOfTheTrustedAuthorityIsTrusted() {
        assertWorks(Settings.of(ENCRYPTED).trusting("localhost", OURS.authority().toString()));
    }

    @Test
    void aServerOfAnotherAuthorityIsNot() {
        String other = Certificates.create().authority().toString();
        assertThatThrownBy(() -> get(store(Settings.of(ENCRYPTED).trusting("localhost", other)).ping()))
                .hasStackTraceContaining("PKIX");
    }

    @Test
    void aBlankAuthorityIsTheSystemsTrust() {
        assertThatThrownBy(() -> get(store(Settings.of(ENCRYPTED).trusting("localhost", " ")).ping()))
                .hasStackTraceContaining("PKIX");
    }

    @Test
    void aCertificateForAnotherNameIsNotTrusted() {
        assertThatThrownBy(() -> get(store(Settings.of(ENCRYPTED).trusting("127.0.0.1", OURS.authority().toString())).ping()))
                .hasStackTraceContaining("127.0.0.1");
    }

    @Test
    void theDatabaseIsTheOneThatWasAskedFor() {
        Settings settings = Settings.of(RedisServer.shared()).inDatabase(7);
        Stores.flush(RedisServer.shared(), 7);
        Stores.flush(RedisServer.shared(), 8);
        get(store(settings).update("s", hear(new Beats("s").say(1, up(host("db"), 1)))));
        assertThat(one(get(store(settings).refresh())).source()).isEqualTo("s");
        assertThat(get(store(settings.inDatabase(8)).refresh())).isEmpty();
    }

    @Test
    void anAddressOfTheSixthVersionIsBracketed() {
        assertThat(options("::1").getEndpoint()).isEqualTo("redis://[::1]:6379/0");
        assertThat(options("[::1]").getEndpoint()).isEqualTo("redis://[::1]:6379/0");
    }

    @Test
    void aHostThatTheClientCannotUseIsNamed() {
        assertThatThrownBy(() -> options("my_redis")).hasMessageContaining("REDIS_HOST=my_redis");
        assertThatThrownBy(() -> options("a b")).hasMessageContaining("REDIS_HOST=a b");
    }

    private static RedisOptions options(String host) {
        RedisOptions options = new RedisOptions();
        new RedisAddress(new Settings(host, 6379, 0, Optional.empty(), Optional.empty(), false, Optional.empty(),
                Layout.READER_SAFE, 1)).customize("<default>", options);
        return options;
    }

    private static void assertWorks(StoreConfig settings) {
        RedisStore store = store(settings);
        get(store.start());
        get(store.ping());
        get(store.update("s", hear(new Beats("s").say(1, up(host("db"), 1)))));
        assertThat(one(get(store.refresh())).targets()).containsOnlyKeys(host("db"));
    }
}
