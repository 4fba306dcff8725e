package dev.heartbeat.model;

import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.unknown;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.heartbeat.model.Saying.Word;

/** Does uptime depend on the order in which heartbeats come, or on how often? */
class UptimeOrderTest {
    private static final int MINUTES = 600;
    private static final int TARGETS = 4;

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyOrderAndNumberOfDeliveriesEndsInTheSameMinutes(long seed) {
        List<Saying> told = told(new Random(seed));
        List<Saying> mixed = mixed(told, new Random(seed));
        Story inOrder = new Story().hears(told.toArray(Saying[]::new));
        Story anyOrder = new Story().hears(told.get(0), told.get(1)).hears(mixed.toArray(Saying[]::new));

        assertThat(anyOrder.state().heard()).isEqualTo(inOrder.state().heard());
        for (Target target : inOrder.state().targets().keySet()) {
            Diary diary = anyOrder.of(target).diary();
            assertThat(diary.down()).isEqualTo(inOrder.of(target).diary().down());
            assertThat(diary.gap()).isEqualTo(inOrder.of(target).diary().gap());
            assertThat(diary.known()).isEqualTo(inOrder.of(target).diary().known());
            assertThat(UptimeTest.drawn(anyOrder.state(), target, MINUTES))
                    .contains("^").contains("v").contains(".")
                    .isEqualTo(UptimeTest.drawn(inOrder.state(), target, MINUTES));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsDeliveredAgainChangesNothingAtAll(long seed) {
        List<Saying> told = told(new Random(seed));
        Story story = new Story().hears(told.toArray(Saying[]::new));
        SourceState before = story.state();

        story.hears(mixed(told, new Random(seed)).toArray(Saying[]::new));

        assertThat(story.state()).isSameAs(before);
    }

    /** Two groups, of which the one becomes another by a change of its interval; the first of each names all its targets. */
    private static List<Saying> told(Random random) {
        List<Saying> told = new ArrayList<>();
        int change = 200 + random.nextInt(200);
        for (int minute = 0, sequence = 0; minute < MINUTES - 10; minute++) {
            boolean changed = minute >= change;
            if (!changed || (minute - change) % 7 == 0) {
                told.add(ours("a", ++sequence, minute * 60 + 5, words("n", minute, minute == 0 || changed, random))
                        .every(changed ? 420 : 60));
            }
            if (minute % 5 == 0) {
                told.add(ours("a", ++sequence, minute * 60 + 40, words("m", minute, minute == 0, random)).every(300));
            }
        }
        told.removeIf(saying -> saying.sequence() > 2 && random.nextInt(8) == 0);
        return told;
    }

    private static Word[] words(String name, int minute, boolean all, Random random) {
        List<Word> words = new ArrayList<>();
        for (int i = 0; i < TARGETS; i++) {
            int dice = random.nextInt(30);
            if (all || dice != 0) {
                words.add(dice < 3 && minute > 0 ? down(name + i) : dice < 5 ? unknown(name + i) : up(name + i));
            }
        }
        return words.toArray(Word[]::new);
    }

    /** All of it, some of it twice, in any order. */
    private static List<Saying> mixed(List<Saying> told, Random random) {
        List<Saying> mixed = new ArrayList<>(told);
        told.stream().filter(saying -> random.nextInt(3) == 0).forEach(mixed::add);
        Collections.shuffle(mixed, random);
        return mixed;
    }
}
