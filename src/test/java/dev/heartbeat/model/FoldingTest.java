package dev.heartbeat.model;

import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.host;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.ph;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Does it matter in which batches, how often and through whom heartbeats come? */
class FoldingTest {
    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    static LongStream someSeeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 7, 500 })
    void alternatingHeartbeatsTellEveryTransitionInBatchesOfAnySize(int size) {
        List<Saying> sayings = IntStream.range(0, 500)
                .mapToObj(i -> ours("a", i + 1, i * 10, i % 2 == 0 ? down("db") : up("db")))
                .toList();
        Story story = new Story();

        inBatches(story, sayings, () -> size);

        List<String> news = story.news();
        assertThat(news).hasSize(500).startsWith("db: null -> DOWN", "db: DOWN -> UP", "db: UP -> DOWN");
        assertThat(story.health("db")).isEqualTo(Health.UP);
        assertThat(story.state().lastDown(story.of("db"))).isEqualTo(Saying.at(4980));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anySplitIntoBatchesTellsTheSameAndEndsTheSame(long seed) {
        assertSameHoweverSplit(seed, Story::new);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anySplitIntoBatchesCountsTheSameStreaksAndFlips(long seed) {
        assertSameHoweverSplit(seed, FoldingTest::patient);
    }

    private static void assertSameHoweverSplit(long seed, Supplier<Story> begun) {
        List<Saying> sayings = Chronicle.wild(seed);
        Story singly = begun.get().hears(sayings.toArray(Saying[]::new));
        Story split = begun.get();
        Random random = new Random(seed);

        inBatches(split, sayings, () -> 1 + random.nextInt(20));

        assertThat(split.transitions()).isEqualTo(singly.transitions());
        assertThat(unversioned(split.state())).isEqualTo(unversioned(singly.state()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anySplitIntoBatchesTellsTheSameOfSilences(long seed) {
        List<Saying> sayings = Chronicle.wild(seed);
        Random random = new Random(seed);
        Story singly = new Story();
        Story split = new Story();

        for (int from = 0; from < sayings.size();) {
            int to = Math.min(sayings.size(), from + 1 + random.nextInt(12));
            Saying[] some = sayings.subList(from, to).toArray(Saying[]::new);
            double now = some[some.length - 1].received() + random.nextInt(40);
            singly.hears(some).isJudgedAt(now);
            split.hearsAtOnce(some).isJudgedAt(now);
            from = to;
        }

        assertThat(split.transitions()).containsExactlyInAnyOrderElementsOf(singly.transitions());
        assertThat(unversioned(split.state())).isEqualTo(unversioned(singly.state()));
    }

    private static Story patient() {
        return new Story().judging("2, host/n3=4", "2, host/n4=3", "4/12, host/n5=off");
    }

    @ParameterizedTest
    @MethodSource("someSeeds")
    void repeatsInTheMiddleOfAHistoryChangeNeitherHealthNorStreaksNorFlips(long seed) {
        List<Saying> sayings = Chronicle.ofOurs(seed);
        Story once = patient().hears(sayings.toArray(Saying[]::new));
        Random random = new Random(seed);
        Story again = patient();

        for (int i = 0; i < sayings.size(); i++) {
            again.hears(sayings.get(i));
            for (int repeats = random.nextInt(3); repeats > 0; repeats--) {
                again.hears(sayings.get(random.nextInt(i + 1)).receivedAt(sayings.get(i).received()));
            }
        }

        assertThat(again.transitions()).isEqualTo(once.transitions());
        assertThat(again.state().targets()).isEqualTo(once.state().targets());
    }

    @ParameterizedTest
    @MethodSource("someSeeds")
    void aRestartAfterEveryHeartbeatForgetsNothingThatWasCounted(long seed) {
        List<Saying> sayings = Chronicle.wild(seed);
        Story at = patient().hears(sayings.toArray(Saying[]::new));
        Story restarted = patient();

        sayings.forEach(saying -> restarted.hears(saying).isReadAgain());

        assertThat(restarted.transitions()).isEqualTo(at.transitions());
        assertThat(unversioned(restarted.state())).isEqualTo(unversioned(at.state()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void redeliveryOfAnySuffixInAnyOrderChangesNothing(long seed) {
        List<Saying> sayings = Chronicle.ofOurs(seed);
        Story story = new Story().hears(sayings.toArray(Saying[]::new));
        SourceState before = story.state();
        Random random = new Random(seed);
        List<Saying> suffix = new ArrayList<>(sayings.subList(random.nextInt(sayings.size()), sayings.size()));
        Collections.shuffle(suffix, random);

        suffix.forEach(saying -> story.hears(saying.receivedAt(1000 + random.nextInt(10_000))));

        assertThat(story.state()).isSameAs(before);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void redeliveryOfWhatPhSaidChangesNoTarget(long seed) {
        Random random = new Random(seed);
        List<Saying> sayings = IntStream.range(0, 40)
                .mapToObj(i -> ph(i / 4, random.nextBoolean() ? up("db") : down("db"), up("n" + i % 5)).receivedAt(i / 4.0))
                .toList();
        Story story = new Story().hears(sayings.toArray(Saying[]::new)).untilNow();
        SourceState before = story.state();
        List<Saying> suffix = new ArrayList<>(sayings.subList(random.nextInt(40), 40));
        Collections.shuffle(suffix, random);

        suffix.forEach(saying -> story.hears(saying.receivedAt(10 + random.nextInt(1000))));

        assertThat(story.news()).isEmpty();
        assertThat(story.state().targets()).isEqualTo(before.targets());
        assertThat(story.state().groups()).isEqualTo(before.groups());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void twoCompetingConsumersEndInTheSameHealth(long seed) {
        List<Saying> sayings = Chronicle.ofOurs(seed);
        Story inOrder = new Story().hears(sayings.toArray(Saying[]::new));
        Story competing = new Story();

        throughTwo(sayings, new Random(seed)).forEach(competing::hears);

        assertThat(healths(competing)).isEqualTo(healths(inOrder));
    }

    /** Each consumer keeps the order; one may be ahead of the other by some heartbeats. */
    private static List<Saying> throughTwo(List<Saying> sayings, Random random) {
        List<List<Saying>> queues = List.of(new ArrayList<>(), new ArrayList<>());
        sayings.forEach(saying -> queues.get(random.nextInt(2)).add(saying));
        List<Saying> mixed = new ArrayList<>();
        while (mixed.size() < sayings.size()) {
            List<Saying> queue = queues.get(random.nextInt(2));
            int count = Math.min(queue.size(), 1 + random.nextInt(5));
            mixed.addAll(queue.subList(0, count));
            queue.subList(0, count).clear();
        }
        return mixed;
    }

    private static Map<Target, Health> healths(Story story) {
        Map<Target, Health> healths = new TreeMap<>();
        story.state().targets().forEach((target, state) -> healths.put(target, state.health()));
        return healths;
    }

    @Test
    void aBatchThatRepeatsItselfCountsOnce() {
        Saying first = ours("a", 1, 0, up("db"));
        Saying second = ours("a", 2, 10, down("db"));
        Story story = new Story();

        story.hearsAtOnce(first, second, first, second, second, first);

        assertThat(story.news()).containsExactly("db: UP -> DOWN");
        assertThat(story.state().version()).isEqualTo(1);
        assertThat(story.last().touched()).containsExactly(host("db"));
    }

    private static void inBatches(Story story, List<Saying> sayings, IntSupplier size) {
        for (int from = 0; from < sayings.size();) {
            int to = Math.min(sayings.size(), from + size.getAsInt());
            story.hearsAtOnce(sayings.subList(from, to).toArray(Saying[]::new));
            from = to;
        }
    }

    private static SourceState unversioned(SourceState state) {
        return new SourceState(state.source(), 0, state.speaker(), state.groups(), state.config(), state.listed(),
                state.prints(), state.targets(), state.heard(), state.closed());
    }
}
