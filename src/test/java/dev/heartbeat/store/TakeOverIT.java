package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.down;
import static dev.heartbeat.store.Beats.hear;
import static dev.heartbeat.store.Beats.host;
import static dev.heartbeat.store.Beats.up;
import static dev.heartbeat.store.RedisFixture.ask;
import static dev.heartbeat.store.RedisFixture.shown;
import static dev.heartbeat.store.RedisFixture.store;
import static dev.heartbeat.store.StateStoreContract.get;
import static dev.heartbeat.store.StateStoreContract.one;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;
import dev.heartbeat.services.RedisServer;
import dev.heartbeat.store.RedisFixture.Settings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.Command;

class TakeOverIT {
    private static final Settings SETTINGS = Settings.of(RedisServer.shared()).inDatabase(4);
    private static final Redis REDIS = RedisFixture.client(SETTINGS);
    private static final String EARLY = "2026-11-20 11:00:00 UTC";
    private static final String LATE = "2026-11-20 11:30:00 UTC";

    @BeforeEach
    void beginWithKeysOfPh() {
        ask(REDIS, Command.FLUSHDB);
        for (String key : List.of("service:up:ok", "service:up:not_ok", "service:down:ok", "service:down:not_ok",
                "queue:same:ok", "queue:same:not_ok", "queue:single:not_ok")) {
            ask(REDIS, Command.SET, key, key.contains("up:not") || key.contains("down:ok") ? EARLY : LATE);
        }
    }

    @Test
    void whatPhLeftIsAdopted() {
        RedisStore store = store(SETTINGS);
        get(store.start());
        SourceState state = one(store.known());
        assertThat(state.source()).isEqualTo("publisher");
        assertThat(state.targets()).hasSize(4);
        assertThat(health(state, Kind.HOST, "up")).isEqualTo(Health.UP);
        assertThat(health(state, Kind.HOST, "down")).isEqualTo(Health.DOWN);
        assertThat(health(state, Kind.QUEUE, "same")).isEqualTo(Health.DOWN);
        assertThat(health(state, Kind.QUEUE, "single")).isEqualTo(Health.DOWN);
        TargetState up = state.targets().get(host("up"));
        assertThat(state.lastUp(up)).isEqualTo(Instant.parse("2026-11-20T11:30:00Z"));
        assertThat(state.lastDown(up)).isEqualTo(Instant.parse("2026-11-20T11:00:00Z"));
        assertThat(StateStoreContract.drain(store)).isEmpty();
    }

    @Test
    void readerSafeKeepsOneKeyPerName() {
        get(store(SETTINGS).start());
        assertThat(shown(REDIS)).isEqualTo(Map.of("service:up:ok", LATE, "service:down:not_ok", LATE, "queue:same:not_ok", LATE,
                "queue:single:not_ok", LATE));
    }

    @Test
    void seedLeavesTheKeysAsTheyAre() {
        Map<String, String> before = shown(REDIS);
        RedisStore store = store(SETTINGS.with(Layout.SEED));
        get(store.start());
        assertThat(shown(REDIS)).isEqualTo(before);
        assertThat(one(store.known()).targets()).hasSize(4);
    }

    @Test
    void startingAgainChangesNothing() {
        get(store(SETTINGS).start());
        Map<String, String> before = shown(REDIS);
        RedisStore again = store(SETTINGS);
        get(again.start());
        get(again.start());
        assertThat(one(again.known()).version()).isEqualTo(1);
        assertThat(shown(REDIS)).isEqualTo(before);
    }

    @Test
    void twoSubscribersThatStartAtOnceAdoptOnce() {
        List<Uni<Void>> starts = new ArrayList<>();
        List<RedisStore> stores = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            RedisStore store = store(SETTINGS);
            stores.add(store);
            starts.add(store.start());
        }
        get(Uni.join().all(starts).andFailFast());
        for (RedisStore store : stores) {
            assertThat(one(get(store.refresh())).version()).isEqualTo(1);
        }
    }

    @Test
    void aNameThatAnySourceKnowsIsNotAdoptedAndItsKeysAreLaidOut() {
        RedisStore seed = store(SETTINGS.with(Layout.SEED));
        Beats beats = new Beats("s");
        get(seed.update("s", hear(beats.say(1, up(host("up"), 1)), beats.say(2, down(host("up"), 2)))));
        ask(REDIS, Command.DEL, "service:up:not_ok");
        RedisStore store = store(SETTINGS);
        get(store.start());
        assertThat(get(store.refresh())).hasSize(2)
                .allSatisfy(state -> assertThat(state.targets().containsKey(host("up"))).isEqualTo(state.source().equals("s")));
        assertThat(shown(REDIS)).containsEntry("service:up:not_ok", "2026-11-20 12:00:02 UTC").hasSize(4);
    }

    @Test
    void aLiveHeartbeatGoesOnWithWhatWasAdopted() {
        RedisStore store = store(SETTINGS);
        get(store.start());
        Target consumer = new Target(Kind.CONSUMER, "down");
        get(store.update("publisher", hear(new Beats("publisher").say(5, up(consumer, 5)))));
        assertThat(one(store.known()).targets()).containsKey(consumer).doesNotContainKey(host("down"));
        assertThat(shown(REDIS)).containsEntry("service:down:ok", "2026-11-20 12:00:05 UTC").hasSize(4);
        assertThat(StateStoreContract.one(get(store(SETTINGS).refresh())).targets()).doesNotContainKey(host("down"));
    }

    @Test
    void whatIsNotPhsStaysAndIsToldOnce() {
        List<String> lines = new ArrayList<>();
        Handler handler = collecting(lines);
        Logger.getLogger(TakeOver.class.getName()).addHandler(handler);
        ask(REDIS, Command.SET, "service:odd:OK", LATE);
        ask(REDIS, Command.SET, "service:when:ok", "yesterday");
        ask(REDIS, Command.SET, "service:a:b:ok", LATE);
        ask(REDIS, Command.SET, "service:ok", LATE);
        ask(REDIS, Command.HSET, "queue:line\nbreak:ok", "a", "b");
        RedisStore store = store(SETTINGS);
        get(store.start());
        get(store.start());
        Logger.getLogger(TakeOver.class.getName()).removeHandler(handler);
        assertThat(one(store.known()).targets()).hasSize(4);
        assertThat(RedisFixture.keys(REDIS, "*")).contains("service:odd:OK", "service:when:ok", "service:a:b:ok", "service:ok",
                "queue:line\nbreak:ok");
        assertThat(lines).singleElement().asString().contains("(5)").contains("service:when:ok").doesNotContain("\n");
    }

    @Test
    void thousandsOfKeysAreAdoptedInOneStep() {
        for (int i = 0; i < 2_500; i++) {
            ask(REDIS, Command.MSET, "service:n" + i + ":ok", EARLY, "service:n" + i + ":not_ok", LATE);
        }
        RedisStore store = store(SETTINGS);
        get(store.start());
        assertThat(one(store.known()).targets()).hasSize(2_504);
        assertThat(one(store.known()).version()).isEqualTo(1);
        assertThat(RedisFixture.keys(REDIS, "service:*")).hasSize(2_502);
    }

    private static Health health(SourceState state, Kind kind, String name) {
        return state.targets().get(new Target(kind, name)).health();
    }

    private static Handler collecting(List<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(new org.jboss.logmanager.formatters.PatternFormatter("%s").format(line));
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }
}
