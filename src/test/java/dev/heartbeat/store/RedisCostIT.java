package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.down;
import static dev.heartbeat.store.Beats.hear;
import static dev.heartbeat.store.Beats.host;
import static dev.heartbeat.store.Beats.up;
import static dev.heartbeat.store.RedisFixture.ask;
import static dev.heartbeat.store.RedisFixture.store;
import static dev.heartbeat.store.StateStoreContract.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Heard;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.services.RedisServer;
import dev.heartbeat.store.RedisFixture.Settings;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.Command;

/** What does a change cost? */
class RedisCostIT {
    private static final RedisServer SERVER = RedisServer.start();
    private static final Redis REDIS = RedisFixture.client(Settings.of(SERVER));
    private static final int TARGETS = 10_000;

    private final Beats beats = new Beats("s");
    private final RedisStore store = store(Settings.of(SERVER));

    @BeforeEach
    void beginEmpty() {
        ask(REDIS, Command.FLUSHALL);
        get(store.start());
    }

    @Test
    void besideTheKeysOfPhARoundWithOneChangeWritesLittle() {
        get(store.update("s", hear(beats.say(1, round(TARGETS, 1, -1)))));
        get(store.update("s", hear(beats.say(2, round(TARGETS, 2, -1)))));
        long written = written(() -> get(store.update("s", hear(beats.say(63, round(TARGETS, 63, 77))))));
        long keys = 0;
        for (int i = 0; i < TARGETS; i++) {
            keys += encoded("service:t" + i + (i == 77 ? ":not_ok" : ":ok"));
        }
        assertThat(written - keys).isBetween(200L, 2_048L);
    }

    /** Of ten targets one is down for ninety days; each heartbeat covers an hour. */
    @Test
    void neitherTheHourNorTheDayCostsMoreForALongHistory() {
        Beats hourly = new Beats("s", Duration.ofHours(1));
        int hours = 24 * 90;
        for (int hour = 0; hour < hours; hour += 24) {
            List<Heard> day = new ArrayList<>();
            for (int i = hour; i < hour + 24; i++) {
                day.add(hourly.say(i * 3600, round(10, i * 3600, 7)));
            }
            get(store.update("s", hear(day)));
        }
        long written = written(() -> get(store.update("s", hear(hourly.say(hours * 3600, round(10, hours * 3600, 7))))));
        SourceState state = get(store(Settings.of(SERVER)).refresh()).iterator().next();
        assertThat(state.targets().get(host("t7")).diary().down()).asString().contains("=1440");
        assertThat(written).isBetween(200L, 2_048L + 11 * 30);
        assertThat(ask(REDIS, Command.ZCARD, RedisKeys.versions("s")).toLong())
                .as("targets, their open hours and days, and those of the group").isEqualTo(10 + 2 * (49 + 1));
        assertThat(ask(REDIS, Command.HLEN, RedisKeys.targets("s")).toLong()).isEqualTo(10 + 2 * (49 + 1));
    }

    @Test
    void aMinuteWritesOneNumberForEachThatIsDown() {
        Heard[] rounds = { beats.say(1, round(10, 1, 7)), beats.say(2, round(10, 2, 7)), beats.say(3, round(10, 3, 7)),
                beats.say(60, round(10, 60, 7)) };
        get(store.update("s", hear(rounds[0], rounds[1])));
        long sameMinute = written(() -> get(store.update("s", hear(rounds[2]))));
        long nextMinute = written(() -> get(store.update("s", hear(rounds[3]))));
        assertThat(nextMinute - sameMinute).isBetween(40L, 160L);
    }

    @Test
    void aBatchIsOneCall() {
        get(store.update("s", hear(beats.say(0, round(50, 0, -1)))));
        List<Heard> batch = new ArrayList<>();
        for (int second = 1; second <= 300; second++) {
            batch.add(beats.say(second, round(50, second, second % 50)));
        }
        long before = calls();
        get(store.update("s", hear(batch)));
        assertThat(calls() - before).isEqualTo(1);
    }

    private static long written(Runnable update) {
        long before = stat("total_net_input_bytes");
        long asked = stat("total_net_input_bytes") - before;
        before = stat("total_net_input_bytes");
        update.run();
        return stat("total_net_input_bytes") - before - asked;
    }

    private static List<Observation> round(int targets, int second, int bad) {
        List<Observation> round = new ArrayList<>(targets);
        for (int i = 0; i < targets; i++) {
            round.add(i == bad ? down(host("t" + i), second) : up(host("t" + i), second));
        }
        return round;
    }

    private static long encoded(String key) {
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        return 1 + Integer.toString(bytes).length() + 2 + bytes + 2;
    }

    private static long stat(String name) {
        return number(ask(REDIS, Command.INFO, "stats").toString(), name + ":");
    }

    private static long calls() {
        String commands = ask(REDIS, Command.INFO, "commandstats").toString();
        return number(commands, "cmdstat_evalsha:calls=") + (commands.contains("cmdstat_eval:")
                ? number(commands, "cmdstat_eval:calls=")
                : 0);
    }

    private static long number(String text, String name) {
        int begin = text.indexOf(name) + name.length();
        int end = begin;
        while (Character.isDigit(text.charAt(end))) {
            end++;
        }
        return Long.parseLong(text.substring(begin, end));
    }
}
