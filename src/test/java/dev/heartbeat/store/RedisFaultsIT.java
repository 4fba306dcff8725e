package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.down;
import static dev.heartbeat.store.Beats.hear;
import static dev.heartbeat.store.Beats.host;
import static dev.heartbeat.store.Beats.up;
import static dev.heartbeat.store.RedisFixture.ask;
import static dev.heartbeat.store.RedisFixture.shown;
import static dev.heartbeat.store.StateStoreContract.PATIENCE;
import static dev.heartbeat.store.StateStoreContract.drain;
import static dev.heartbeat.store.StateStoreContract.get;
import static dev.heartbeat.store.StateStoreContract.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.Heard;
import dev.heartbeat.model.Target;
import dev.heartbeat.services.RedisServer;
import dev.heartbeat.store.RedisFixture.Settings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.Command;

/** What does a store do while Redis is away, silent, forgetful or full of somebody else's things? */
class RedisFaultsIT {
    private static final Target DB = host("db");
    private final RedisServer server = RedisServer.start();
    private final Settings settings = Settings.of(server);
    private final Redis redis = RedisFixture.client(settings);
    private final RedisStore store = RedisFixture.store(settings);
    private final RedisStore hasty = RedisFixture.store(settings, Duration.ofMillis(700));
    private final Beats beats = new Beats("s");

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void whileRedisIsAwayAnUpdateFailsAtOnceAndTheSameUpdateSucceedsAfterwards() {
        get(store.start());
        get(store.update("s", hear(beats.say(1, up(DB, 1)))));
        Heard missed = beats.say(2, down(DB, 2));
        server.kill();
        Instant begin = Instant.now();
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> get(store.update("s", hear(missed)))).isNotInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> get(store.ping())).isNotNull();
            assertThatThrownBy(() -> get(store.refresh())).isNotNull();
            assertThatThrownBy(() -> get(store.outbox().newest())).isNotNull();
        }
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(one(store.known()).version()).isEqualTo(1);
        server.startAgain();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> get(store.update("s", hear(missed))).next().version() == 2);
        assertThat(drain(store)).hasSize(1);
        assertThat(shown(redis)).containsOnlyKeys("service:db:not_ok");
    }

    @Test
    void evenAChangeThatChangesNothingFailsWhileRedisIsAway() {
        get(store.start());
        server.kill();
        assertThatThrownBy(() -> get(store.update("s", Change::none))).isNotNull();
    }

    @Test
    void aStoreBeginsWithRedisDown() {
        server.kill();
        assertThatThrownBy(() -> get(store.start())).isNotNull();
        server.startAgain();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            get(store.start());
            return true;
        });
        get(store.update("s", hear(beats.say(1, up(DB, 1)))));
    }

    @Test
    void aSilentRedisIsAFaultAndItsLateAnswerDoesNoHarm() {
        get(store.start());
        get(store.update("s", hear(beats.say(1, up(DB, 1)))));
        Heard held = beats.say(2, down(DB, 2));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> one(get(hasty.refresh())).version() == 1);
        ask(redis, Command.CLIENT, "PAUSE", "3000", "ALL");
        assertThatThrownBy(() -> get(hasty.update("s", hear(held)))).hasCauseInstanceOf(TimeoutException.class)
                .hasMessageContaining("700 ms");
        await().atMost(PATIENCE).ignoreExceptions().until(() -> get(hasty.update("s", hear(held))).next().version() == 2);
        assertThat(drain(store)).hasSize(1);
        assertThat(one(hasty.known()).targets().get(DB).lastDown()).isNotNull();
    }

    /** As a host that lost its power: the connection stays, and nothing ever comes back on it. */
    @Test
    void connectionsThatNeverAnswerAreGivenUp() throws IOException {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            get(hasty.start());
            return true;
        });
        server.kill();
        List<Socket> deaf = new CopyOnWriteArrayList<>();
        try (ServerSocket listener = new ServerSocket()) {
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            CompletableFuture.runAsync(() -> acceptInto(deaf, listener));
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> get(hasty.ping())).isNotNull();
            }
        }
        assertThat(deaf).isNotEmpty();
        server.startAgain();
        Heard first = beats.say(1, up(DB, 1));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> get(hasty.update("s", hear(first))).next().version() == 1);
        for (Socket socket : deaf) {
            socket.close();
        }
    }

    private static void acceptInto(List<Socket> accepted, ServerSocket listener) {
        try {
            while (true) {
                accepted.add(listener.accept());
            }
        } catch (IOException closed) {
            assertThat(listener.isClosed()).isTrue();
        }
    }

    @Test
    void aRestartedRedisHasForgottenTheScripts() {
        get(store.start());
        get(store.update("s", hear(beats.say(1, up(DB, 1)))));
        server.restart();
        await().atMost(PATIENCE).ignoreExceptions()
                .until(() -> get(store.update("s", hear(beats.say(2, up(DB, 2))))).next().version() == 2);
        ask(redis, Command.SCRIPT, "FLUSH");
        assertThat(get(store.update("s", hear(beats.say(3, up(DB, 3))))).next().version()).isEqualTo(3);
    }

    @Test
    void aPlaceAndItsLeaseOutliveARestartThatForgetsTheScripts() {
        get(store.start());
        get(store.update("s", hear(beats.say(1, down(DB, 1)))));
        Outbox outbox = store.outbox();
        String newest = get(outbox.newest());
        Outbox.Place place = get(outbox.claim("log", PATIENCE)).at(newest, "open");
        server.kill();
        assertThatThrownBy(() -> get(outbox.keep(place, PATIENCE))).isNotNull();
        assertThatThrownBy(() -> get(outbox.claim("log", PATIENCE))).isNotNull();
        assertThatThrownBy(() -> get(outbox.isComplete(newest))).isNotNull();
        assertThatThrownBy(() -> get(outbox.kept("s", null, 1))).isNotNull();
        server.startAgain();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> get(outbox.after(Outbox.BEGIN, 10)).size() == 1);
        assertThat(get(RedisFixture.store(settings).outbox().claim("log", PATIENCE))).as("still held").isNull();
        assertThat(get(outbox.keep(place, Duration.ZERO))).isTrue();
        ask(redis, Command.SCRIPT, "FLUSH");
        assertThat(get(outbox.claim("log", PATIENCE)).notes()).isEqualTo("open");
    }

    @Test
    void aFlushedRedisIsAnEmptyOneAndLifeGoesOn() {
        get(store.start());
        get(store.update("s", hear(beats.say(1, up(DB, 1), up(host("gone"), 1)))));
        get(store.update("t", hear(new Beats("t").say(1, down(DB, 1)))));
        Heard repeated = beats.say(2, down(DB, 2));
        get(store.update("s", hear(repeated)));
        ask(redis, Command.FLUSHALL);
        Change change = get(store.update("s", hear(repeated)));
        assertThat(change.next().version()).isEqualTo(1);
        assertThat(change.next().targets()).containsOnlyKeys(DB);
        assertThat(one(store.known()).source()).isEqualTo("s");
        assertThat(shown(redis)).containsOnlyKeys("service:db:not_ok");
        assertThat(drain(store)).hasSize(1);
    }

    /** A Redis that comes back with an older snapshot has other versions under the same numbers. */
    @Test
    void whatRedisLostIsNotTakenForKnown() {
        get(store.start());
        RedisStore other = RedisFixture.store(settings);
        get(store.update("s", hear(beats.say(1, up(DB, 1)))));
        get(other.refresh());
        byte[] head = ask(redis, Command.DUMP, RedisKeys.head("s")).toBytes();
        byte[] targets = ask(redis, Command.DUMP, RedisKeys.targets("s")).toBytes();
        get(store.update("s", hear(beats.say(2, up(DB, 2), up(host("lost"), 2)))));
        restore(RedisKeys.head("s"), head);
        restore(RedisKeys.targets("s"), targets);
        get(other.update("s", hear(beats.say(3, up(DB, 3)))));
        Change change = get(store.update("s", hear(beats.say(4, up(DB, 4)))));
        assertThat(change.next().version()).isEqualTo(3);
        assertThat(change.next().targets()).containsOnlyKeys(DB);
    }

    private void restore(String key, byte[] dump) {
        redis.send(io.vertx.mutiny.redis.client.Request.newInstance(
                io.vertx.redis.client.Request.cmd(Command.RESTORE).arg(key).arg(0).arg(dump).arg("REPLACE")))
                .await().atMost(PATIENCE);
    }

    @Test
    void aKeyOfAnotherKindStopsTheCommitBeforeItBegins() {
        get(store.start());
        ask(redis, Command.SET, RedisKeys.retired("s"), "mine");
        assertThatThrownBy(() -> get(store.update("s", hear(beats.say(1, up(DB, 1)))))).hasMessageContaining("heartbeat:");
        assertThat(RedisFixture.keys(redis, "*")).containsExactly(RedisKeys.retired("s"));
    }

    @Test
    void aForeignValueUnderAKeyOfPhIsReplaced() {
        get(store.start());
        ask(redis, Command.HSET, "service:db:ok", "a", "b");
        get(store.update("t", hear(new Beats("t").say(1, up(DB, 1)))));
        ask(redis, Command.DEL, "service:db:ok");
        ask(redis, Command.HSET, "service:db:ok", "a", "b");
        get(store.update("s", hear(beats.say(2, up(DB, 2)))));
        assertThat(shown(redis)).containsEntry("service:db:ok", "2026-11-20 12:00:02 UTC");
    }

    @Test
    void killedUnderLoadRedisHoldsEverythingThatWasConfirmed() {
        get(store.start());
        List<Uni<Long>> updates = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            Heard heard = beats.say(i, up(host("t" + i), i));
            updates.add(store.update("s", hear(heard)).map(change -> change.next().version()).onFailure().recoverWithItem(0L));
        }
        List<Long> outcomes = new ArrayList<>();
        Uni.join().all(updates).andCollectFailures().subscribe().with(outcomes::addAll);
        await().atMost(PATIENCE).until(() -> !store.known().isEmpty() && one(store.known()).version() > 20);
        server.restart();
        await().atMost(PATIENCE).until(() -> outcomes.size() == 300);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> !get(store.refresh()).isEmpty());
        long confirmed = outcomes.stream().filter(version -> version > 0).count();
        assertThat(confirmed).isGreaterThan(20);
        assertThat(one(get(RedisFixture.store(settings).refresh())).targets()).hasSizeGreaterThanOrEqualTo((int) confirmed);
    }
}
