package dev.heartbeat.store;

import static dev.heartbeat.store.RedisFixture.ask;
import static dev.heartbeat.store.StateStoreContract.PATIENCE;
import static dev.heartbeat.store.StateStoreContract.get;
import static dev.heartbeat.store.Stores.fall;
import static dev.heartbeat.store.Stores.hosts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.heartbeat.services.RedisServer;
import dev.heartbeat.store.RedisFixture.Settings;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

class RedisOutboxIT extends OutboxContract {
    private final Settings settings = Settings.of(RedisServer.shared()).inDatabase(7);
    private final Redis redis = RedisFixture.client(settings);

    @Override
    List<StateStore> twoStores(int outboxLength) {
        ask(redis, Command.FLUSHDB);
        return List.of(RedisFixture.store(settings.keeping(outboxLength)), RedisFixture.store(settings.keeping(outboxLength)));
    }

    @Test
    void whatCanNotBeReadTakesNoRoomAndStopsNobody() {
        StateStore store = RedisFixture.store(settings);
        unreadable(RedisKeys.OUTBOX, 25);
        get(store.update("s", fall("a")));
        unreadable(RedisKeys.OUTBOX, 25);
        get(store.update("s", fall("b", "c")));
        unreadable(RedisKeys.OUTBOX, 25);
        Outbox outbox = store.outbox();
        List<Outbox.Entry> first = get(outbox.after(Outbox.BEGIN, 2));
        assertThat(names(first)).containsExactly("a", "b");
        assertThat(names(get(outbox.after(first.get(1).id(), 2)))).containsExactly("c");
        assertThat(get(outbox.after(get(outbox.newest()), 2))).isEmpty();
    }

    @Test
    void whoLooksBackPassesOverWhatCanNotBeRead() {
        StateStore store = RedisFixture.store(settings);
        get(store.update("s", fall("a")));
        unreadable(RedisKeys.transitions("s"), 25);
        get(store.update("s", fall("b")));
        unreadable(RedisKeys.transitions("s"), 25);
        assertThat(names(get(store.outbox().kept("s", null, 2)))).containsExactly("b", "a");
    }

    /** No transition at all, one of a kind that a newer version knows, and no text. */
    private void unreadable(String stream, int count) {
        for (int i = 0; i < count; i++) {
            ask(redis, Command.XADD, stream, "*", "else", "{}");
            ask(redis, Command.XADD, stream, "*", "transition",
                    "{\"source\":\"s\",\"target\":\"moon:m\",\"at\":\"2026-11-20T12:00:00Z\"}");
            ask(redis, Command.XADD, stream, "*", "transition", "not json");
        }
        untilIdsAreGreaterThanIn(stream);
    }

    /**
     * Ids are milliseconds of Redis' clock, each stream's for itself: what is added elsewhere meanwhile may have lower ones.
     */
    private void untilIdsAreGreaterThanIn(String stream) {
        String newest = ask(redis, Command.XREVRANGE, stream, "+", "-", "COUNT", "1").get(0).get(0).toString();
        long millis = Long.parseLong(newest.split("-")[0]);
        Awaitility.await().pollDelay(Duration.ZERO).until(() -> {
            Response now = ask(redis, Command.TIME);
            return now.get(0).toLong() * 1000 + now.get(1).toLong() / 1000 > millis;
        });
    }

    /** Somebody deleted the outbox, and the clock was set back. */
    @Test
    void keptTransitionsWithGreaterIdsThanTheOutboxGivesStopNoCommit() {
        StateStore store = RedisFixture.store(settings);
        ask(redis, Command.XADD, RedisKeys.transitions("s"), "99999999999999-1", "transition", "{}");
        get(store.update("s", fall("a", "b")));
        get(store.update("s", fall("c")));
        assertThat(names(get(store.outbox().after(Outbox.BEGIN, 10)))).containsExactly("a", "b", "c");
        assertThat(names(get(store.outbox().kept("s", null, 10)))).containsExactly("c", "b", "a");
    }

    @Test
    void anOutboxThatWasDeletedBeginsAnother() {
        StateStore store = RedisFixture.store(settings);
        get(store.update("s", fall("a", "b")));
        String position = get(store.outbox().newest());
        ask(redis, Command.DEL, RedisKeys.OUTBOX);
        untilIdsAreGreaterThanIn(RedisKeys.transitions("s"));
        assertThat(get(store.outbox().isComplete(position))).isFalse();
        assertThat(get(store.outbox().isComplete(Outbox.BEGIN))).isTrue();
        get(store.update("s", fall("c")));
        assertThat(names(get(store.outbox().kept("s", null, 10)))).containsExactly("c", "b", "a");
    }

    @Test
    void aLeaseIsMeasuredByTheClockOfRedis() {
        Outbox outbox = RedisFixture.store(settings).outbox();
        get(outbox.claim("log", Duration.ofSeconds(20)));
        long until = ask(redis, Command.HGET, RedisKeys.reader("log"), "until").toLong();
        assertThat(until - ask(redis, Command.TIME).get(0).toLong() * 1000).isBetween(1_000L, 21_000L);
        ask(redis, Command.HSET, RedisKeys.reader("log"), "until", Long.toString(until - 20_000));
        assertThat(get(outbox.claim("log", PATIENCE))).isNotNull();
    }

    @Test
    void aStreamThatIsSomethingElseStopsTheCommitBeforeItBegins() {
        StateStore store = RedisFixture.store(settings);
        ask(redis, Command.SET, RedisKeys.transitions("s"), "mine");
        assertThatThrownBy(() -> get(store.update("s", fall("a")))).hasMessageContaining("heartbeat:");
        assertThat(RedisFixture.keys(redis, "*")).containsExactly(RedisKeys.transitions("s"));
    }

    /** A mass change: what the source would not keep anyway is not written for it. */
    @Test
    void ofAMassChangeASourceIsGivenOnlyWhatItKeeps() {
        StateStore store = RedisFixture.store(settings);
        long before = entriesAdded();
        get(store.update("s", fall(hosts("t", 0, 5_000))));
        assertThat(ask(redis, Command.XLEN, RedisKeys.transitions("s")).toInteger()).isEqualTo(1_000);
        assertThat(entriesAdded() - before).isEqualTo(6_000);
    }

    private long entriesAdded() {
        String stats = ask(redis, Command.INFO, "commandstats").toString();
        String calls = stats.replaceFirst("(?s).*cmdstat_xadd:calls=(\\d+).*", "$1");
        return calls.equals(stats) ? 0 : Long.parseLong(calls);
    }
}
