package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.down;
import static dev.heartbeat.store.Beats.hear;
import static dev.heartbeat.store.Beats.host;
import static dev.heartbeat.store.RedisFixture.ask;
import static dev.heartbeat.store.RedisFixture.keys;
import static dev.heartbeat.store.RedisFixture.store;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Observation;
import dev.heartbeat.services.RedisServer;
import dev.heartbeat.store.RedisFixture.Settings;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.Command;

class RedisStoreIT extends StateStoreContract {
    private final Settings settings = Settings.of(RedisServer.shared()).inDatabase(1);
    private final Redis redis = RedisFixture.client(settings);

    @Override
    List<StateStore> twoStores() {
        ask(redis, Command.FLUSHDB);
        return List.of(store(settings, PATIENCE), store(settings, PATIENCE));
    }

    @Test
    void aChangeThatChangesNothingWritesNothing() {
        ask(redis, Command.FLUSHDB);
        StateStore store = store(settings);
        get(store.start());
        get(store.update("s", dev.heartbeat.model.Change::none));
        assertThat(keys(redis, "*")).isEmpty();
    }

    @Test
    void theOutboxKeepsSoManyAndDropsTheOldest() {
        StateStore store = store(settings.keeping(100));
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            observations.add(down(host("t" + i), 1));
        }
        get(store.update("s", hear(new Beats("s").say(1, observations))));
        assertThat(ask(redis, Command.XLEN, RedisKeys.OUTBOX).toInteger()).isBetween(100, 200);
        assertThat(drain(store)).hasSizeBetween(100, 200).extracting(one -> one.transition().target()).contains(host("t999"));
    }

    @Test
    void whatStandsInTheOutboxAndIsNoTransitionIsPassedOver() {
        StateStore store = store(settings);
        get(store.start());
        ask(redis, Command.XADD, RedisKeys.OUTBOX, "*", "else", "not json");
        get(store.update("s", hear(new Beats("s").say(1, down(DB, 1)))));
        assertThat(drain(store)).hasSize(1);
    }

    @Test
    void aSourceIsWrittenUnderFiveKeysAndReadBackByAnyProcess() {
        StateStore store = store(settings);
        Beats beats = new Beats("s");
        get(store.update("s", hear(beats.say(1, down(DB, 1), down(host("old"), 1)))));
        get(store.update("s", hear(beats.say(2, java.util.Set.of(DB), List.of(down(DB, 2))))));
        assertThat(keys(redis, "heartbeat:*")).containsExactlyInAnyOrder("heartbeat:sources", "heartbeat:words",
                "heartbeat:outbox", "heartbeat:source:s:head", "heartbeat:source:s:targets", "heartbeat:source:s:versions",
                "heartbeat:source:s:retired", "heartbeat:source:s:transitions");
        assertThat(ask(redis, Command.HKEYS, "heartbeat:source:s:targets").toString()).contains("host:db")
                .doesNotContain("host:old");
        assertThat(ask(redis, Command.HGET, "heartbeat:source:s:retired", "host:old").toString()).contains("\"DOWN\"");
        StateStore later = store(settings);
        assertSame(one(get(later.refresh())), one(store.known()));
    }
}
