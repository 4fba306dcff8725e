package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.down;
import static dev.heartbeat.store.Beats.hear;
import static dev.heartbeat.store.Beats.host;
import static dev.heartbeat.store.Beats.judge;
import static dev.heartbeat.store.Beats.queue;
import static dev.heartbeat.store.Beats.up;
import static dev.heartbeat.store.RedisFixture.ask;
import static dev.heartbeat.store.RedisFixture.shown;
import static dev.heartbeat.store.RedisFixture.store;
import static dev.heartbeat.store.StateStoreContract.WEIRD;
import static dev.heartbeat.store.StateStoreContract.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Heard;
import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.Judging;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.PhKey;
import dev.heartbeat.model.Policy;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.services.RedisServer;
import dev.heartbeat.store.RedisFixture.Settings;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.Command;

/** What do PH's keys say after everything that can happen, and what does their reader make of it? */
class PhKeysIT {
    private static final Settings SETTINGS = Settings.of(RedisServer.shared()).inDatabase(2);
    private static final Redis REDIS = RedisFixture.client(SETTINGS);

    private final Beats beats = new Beats("s");
    private RedisStore store;

    @BeforeEach
    void beginEmpty() {
        ask(REDIS, Command.FLUSHDB);
        store = store(SETTINGS);
        get(store.start());
    }

    /** The three rounds of the samples captured from PH; a listener on two queues is one name. */
    @Test
    void theSamplesOfPhLeaveExactlyTheseKeys() {
        for (int second : new int[] { 26, 28, 30 }) {
            get(store.update("publisher", hear(phRound(second))));
        }
        Map<String, String> expected = new TreeMap<>();
        for (String key : List.of("service:sda-doa:ok", "service:sda-db:not_ok", "service:127.0.0.1:ok", "queue:inbox:ok",
                "queue:ingest:ok", "queue:archived:not_ok", "queue:verified:ok", "queue:error:ok", "service:mq-interceptor:ok",
                "service:sda-ingest:ok", "service:sda-verify:not_ok")) {
            expected.put(key, "2026-11-20 22:19:30 UTC");
        }
        assertThat(shown(REDIS)).isEqualTo(expected);
    }

    @Test
    void readerSafeSwitchesTheKeyAndSeedLeavesBoth() {
        RedisStore seed = store(SETTINGS.with(Layout.SEED).inDatabase(3));
        Redis other = RedisFixture.client(SETTINGS.inDatabase(3));
        ask(other, Command.FLUSHDB);
        for (int second = 1; second <= 2; second++) {
            Observation said = second == 1 ? up(host("a"), 1) : down(host("a"), 2);
            Heard heard = beats.say(second, said, up(queue("a"), second));
            get(store.update("s", hear(heard)));
            get(seed.update("s", hear(heard)));
        }
        assertThat(shown(REDIS)).isEqualTo(Map.of("service:a:not_ok", "2026-11-20 12:00:02 UTC",
                "queue:a:ok", "2026-11-20 12:00:02 UTC"));
        assertThat(shown(other)).isEqualTo(Map.of("service:a:not_ok", "2026-11-20 12:00:02 UTC",
                "service:a:ok", "2026-11-20 12:00:01 UTC", "queue:a:ok", "2026-11-20 12:00:02 UTC"));
    }

    /** Nobody who reads the keys is told of a failure that was not yet enough. */
    @Test
    void whatIsNotJudgedHasNoKeyInEitherLayout() {
        Policy patient = new Policy(null, null, Judging.of("3", "1", "off"), 1, Policy.NEWS_MAX_AGE);
        RedisStore seed = store(SETTINGS.with(Layout.SEED).inDatabase(3));
        Redis other = RedisFixture.client(SETTINGS.inDatabase(3));
        ask(other, Command.FLUSHDB);
        List<Heard> heard = List.of(beats.say(1, up(host("a"), 1)), beats.say(2, down(host("a"), 2)),
                beats.say(3, up(host("a"), 3)), beats.say(4, down(host("a"), 4)));
        for (RedisStore each : List.of(store, seed)) {
            get(each.update("s", state -> state.hear(heard.subList(0, 1), patient)));
            get(each.update("s", state -> state.hear(heard.subList(1, 4), patient)));
        }
        for (Redis keys : List.of(REDIS, other)) {
            assertThat(shown(keys)).isEqualTo(Map.of("service:a:ok", "2026-11-20 12:00:03 UTC"));
        }
    }

    @Test
    void silenceIsWrittenAsNotOk() {
        get(store.update("s", hear(beats.say(1, up(host("a"), 1)))));
        get(store.update("s", judge(100)));
        assertThat(shown(REDIS)).isEqualTo(Map.of("service:a:not_ok", "2026-11-20 12:01:40 UTC"));
    }

    @Test
    void aRetiredNameHasNoKeysUnlessAnotherSourceKnowsIt() {
        get(store.update("s", hear(beats.say(1, up(host("a"), 1), down(host("b"), 1)))));
        get(store.update("t", hear(new Beats("t").say(1, up(host("b"), 1)))));
        assertThat(shown(REDIS)).containsOnlyKeys("service:a:ok", "service:b:not_ok");
        get(store.update("s", state -> state.retire(state.targets().keySet(), Beats.at(5))));
        assertThat(shown(REDIS)).isEqualTo(Map.of("service:b:ok", "2026-11-20 12:00:01 UTC"));
        get(store.update("t", state -> state.retire(state.targets().keySet(), Beats.at(6))));
        assertThat(shown(REDIS)).isEmpty();
    }

    @Test
    void twoSubscribersWithTwoSourcesShowTheWorstAndTheNewest() {
        RedisStore other = store(SETTINGS);
        get(store.update("s", hear(beats.say(9, up(host("a"), 9)))));
        Beats speaker = new Beats("t");
        get(other.update("t", hear(speaker.say(5, up(host("a"), 5)))));
        assertThat(shown(REDIS)).isEqualTo(Map.of("service:a:ok", "2026-11-20 12:00:09 UTC"));
        get(store.update("s", hear(beats.say(10, up(host("a"), 10)))));
        get(other.update("t", hear(speaker.say(6, down(host("a"), 6)))));
        assertThat(shown(REDIS)).isEqualTo(Map.of("service:a:not_ok", "2026-11-20 12:00:06 UTC"));
        get(store.update("s", hear(beats.say(11, up(host("a"), 11)))));
        assertThat(shown(REDIS)).isEqualTo(Map.of("service:a:not_ok", "2026-11-20 12:00:06 UTC"));
    }

    @Test
    void weirdNamesAreKeysOfThreeParts() {
        List<Observation> observations = new ArrayList<>();
        Set<String> expected = new TreeSet<>();
        for (String name : WEIRD) {
            observations.add(up(host(name), 1));
            expected.add("service:" + name.replace(':', '_') + ":ok");
        }
        get(store.update("s", hear(beats.say(1, observations))));
        assertThat(shown(REDIS).keySet()).isEqualTo(expected)
                .allSatisfy(key -> assertThat(key.split(":", -1)).hasSize(3));
        get(store.update("s", state -> state.retire(state.targets().keySet(), Beats.at(5))));
        assertThat(shown(REDIS)).isEmpty();
    }

    /** What others keep under such keys is none of ours, and is neither read as state nor touched. */
    @Test
    void noKeyOfOursLooksLikeOneOfPh() {
        get(store.update("service:a:ok", hear(new Beats("service:a:ok").say(1, up(queue("queue:q:ok"), 1)))));
        assertThat(shown(REDIS)).containsOnlyKeys("queue:queue_q_ok:ok");
    }

    @Test
    void afterAnyHistoryTheReaderIsRightWhateverTheOrderOfItsKeys() {
        for (int seed = 0; seed < 15; seed++) {
            ask(REDIS, Command.FLUSHDB);
            new History(new Random(seed)).run(25);
        }
    }

    /** Two sources, two subscribers of whom one may be new, three names that all kinds and sources share. */
    private final class History {
        private final Random random;
        private final Map<String, Beats> speakers = Map.of("s", new Beats("s"), "t", new Beats("t"));
        private final List<RedisStore> stores = new ArrayList<>(List.of(store(SETTINGS), store(SETTINGS)));
        private int second;

        History(Random random) {
            this.random = random;
        }

        void run(int steps) {
            for (int i = 0; i < steps; i++) {
                second += 1 + random.nextInt(20);
                step(stores.get(random.nextInt(2)), random.nextBoolean() ? "s" : "t");
                assertRight();
            }
        }

        private void step(RedisStore at, String source) {
            switch (random.nextInt(8)) {
                case 0 -> get(at.update(source, judge(second)));
                case 1 -> get(at.update(source,
                        state -> state.retire(Set.of(new Target(kind(), "abc".substring(random.nextInt(3)).substring(0, 1))),
                                Beats.at(second))));
                case 2 -> {
                    stores.set(0, store(SETTINGS));
                    get(stores.get(0).start());
                }
                default -> get(at.update(source, hear(speakers.get(source).say(second, observations()))));
            }
        }

        private List<Observation> observations() {
            Map<Target, Observation> observations = new HashMap<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                Target target = new Target(kind(), "abc".substring(i % 3, i % 3 + 1));
                observations.put(target, random.nextInt(3) == 0 ? down(target, second) : up(target, second));
            }
            return List.copyOf(observations.values());
        }

        private Kind kind() {
            return Kind.values()[random.nextInt(Kind.values().length)];
        }

        private void assertRight() {
            Collection<SourceState> states = get(stores.get(1).refresh());
            Map<PhKey, Boolean> names = new HashMap<>();
            for (SourceState state : states) {
                state.targets().forEach((target, known) -> {
                    if (PhKey.has(target)) {
                        names.merge(PhKey.of(target), known.health() == Health.UP, Boolean::logicalAnd);
                    }
                });
            }
            Set<String> expected = new TreeSet<>();
            names.forEach((key, ok) -> expected.add(key.prefix() + (ok ? ":ok" : ":not_ok")));
            Map<String, String> shown = shown(REDIS);
            assertThat(shown.keySet()).isEqualTo(expected);
            assertThat(R.answers(shown)).isEqualTo(EnumSet.of(answer(names)));
        }

        private R.Answer answer(Map<PhKey, Boolean> names) {
            boolean services = names.entrySet().stream().allMatch(name -> name.getKey().queue() || name.getValue());
            boolean queues = names.entrySet().stream().allMatch(name -> !name.getKey().queue() || name.getValue());
            return R.Answer.values()[(services ? 0 : 1) + (queues ? 0 : 2)];
        }
    }

    @Test
    void nobodyEverSeesANameWithoutKeyOrWithTwo() {
        get(store.update("s", hear(beats.say(1, up(host("a"), 1), up(queue("q"), 1)))));
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Integer> observer = CompletableFuture.supplyAsync(() -> {
            int looks = 0;
            Redis eye = RedisFixture.client(SETTINGS);
            while (!over.get()) {
                assertThat(RedisFixture.keys(eye, "service:*")).hasSize(1);
                assertThat(RedisFixture.keys(eye, "queue:*")).hasSize(1);
                looks++;
            }
            return looks;
        });
        for (int second = 2; second <= 1_001; second++) {
            Observation a = second % 2 == 0 ? down(host("a"), second) : up(host("a"), second);
            Observation q = second % 3 == 0 ? down(queue("q"), second) : up(queue("q"), second);
            get(store.update("s", hear(beats.say(second, a, q))));
        }
        over.set(true);
        assertThat(observer.join()).isGreaterThan(50);
    }

    private static Heard phRound(int second) {
        Instant at = Instant.parse("2026-11-20T22:19:" + second + "Z");
        List<Observation> said = new ArrayList<>();
        Map<String, Kind> kinds = Map.of("host", Kind.HOST, "queue", Kind.QUEUE, "consumer", Kind.CONSUMER);
        for (String one : List.of("host sda-doa ok", "host sda-db not_ok", "host 127.0.0.1 ok", "queue inbox ok",
                "queue ingest ok", "queue archived not_ok", "queue verified ok", "queue error ok", "consumer mq-interceptor ok",
                "consumer sda-ingest ok", "consumer sda-verify not_ok", "consumer mq-interceptor ok")) {
            String[] words = one.split(" ");
            Target target = new Target(kinds.get(words[0]), words[1]);
            said.add(new Observation(target, (words[2].equals("ok") ? up(target, 0) : down(target, 0)).outcome(), at));
        }
        return new Heard(new Heartbeat("publisher", null, 0, at, null, 1, 1, null, null, said), at, false, second);
    }
}
