package dev.heartbeat.model;

import static dev.heartbeat.model.Health.DOWN;
import static dev.heartbeat.model.Health.STALE;
import static dev.heartbeat.model.Health.UNKNOWN;
import static dev.heartbeat.model.Health.UP;
import static dev.heartbeat.model.Saying.at;
import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.host;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.unknown;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a target that changes all the time? */
class FlappingTest {
    private final Story story = new Story().judging("1", "1", "3/8");
    private int sequence;

    /** A word a letter, every ten seconds: u(p), d(own), ?(unknown), anything else a heartbeat that is lost. */
    private Story says(String words) {
        for (char word : words.toCharArray()) {
            sequence++;
            Saying.Word said = word == 'u' ? up("db") : word == 'd' ? down("db") : unknown("db");
            if (word == 'u' || word == 'd' || word == '?') {
                story.hears(ours("a", sequence, sequence * 10, said, up("web"), up("x")));
            }
        }
        return story;
    }

    private boolean flaps() {
        return story.of("db").steadiness().flapping();
    }

    @ParameterizedTest
    @CsvSource({ "udud, false", "ududu, true", "uuuuuuuud, false", "uddduuudddd, false", "udduuddu, true", "ududddddddd, false",
            "ud?ud?u, true", "d?u?d?u, false", "ududuuuuuuuuu, false", "dudud, true" })
    void moreThanSoManyChangesInTheLastObservationsAreFlapping(String words, boolean flapping) {
        says(words);

        assertThat(flaps()).isEqualTo(flapping);
    }

    @Test
    void whileItFlapsItsHealthIsHeld() {
        says("ududu");
        Health held = story.health("db");
        story.untilNow();

        says("dudududud");

        assertThat(story.health("db")).isEqualTo(held);
        assertThat(story.news()).isEmpty();
        assertThat(story.of("db").reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(story.state().lastDown(story.of("db"))).isEqualTo(at(sequence * 10));
    }

    @Test
    void theBeginningIsOneLineThatSaysHowOftenItChanged() {
        says("udud").untilNow();

        says("u");

        assertThat(story.transitions()).containsExactly(new Transition("publisher", host("db"), DOWN, DOWN, at(50),
                Reason.FLAPPING, "4 changes in the last 8 observations; its health is held"));
    }

    @Test
    void whenItCalmsDownItIsWhatIsSeen() {
        says("ududu").untilNow();
        assertThat(story.health("db")).isEqualTo(DOWN);

        says("uuuuuuu");

        assertThat(flaps()).isFalse();
        assertThat(story.health("db")).isEqualTo(UP);
        assertThat(story.news()).containsExactly("db: DOWN -> UP");
    }

    @Test
    void whenItCalmsDownInTheHealthThatWasHeldThatIsOneLine() {
        says("duduu").untilNow();
        says("d").untilNow();
        assertThat(flaps()).isTrue();
        assertThat(story.health("db")).isEqualTo(UP);

        says("uuuuuuuu");

        assertThat(story.transitions()).singleElement().satisfies(end -> {
            assertThat(end.from()).isEqualTo(UP);
            assertThat(end.to()).isEqualTo(UP);
            assertThat(end.reason()).isNull();
            assertThat(end.lasted()).isNull();
            assertThat(end.detail()).isEqualTo("no longer flapping");
        });
    }

    @Test
    void itEndsOnlyWhenItChangesHalfAsOften() {
        says("ududu");

        says("uuuuuu");
        assertThat(flaps()).as("two changes in eight").isTrue();
        says("u");
        assertThat(flaps()).as("one change in eight").isFalse();
    }

    @Test
    void thresholdsHoldAlsoWhenItCalmsDown() {
        story.judging("3", "1", "1/4").hears(ours("b", 1, 1, up("db"), up("web"), up("x")));
        says("udud");
        assertThat(flaps()).isTrue();
        assertThat(story.health("db")).isEqualTo(UP);

        story.judging("3", "1", "off");
        says("d");

        assertThat(flaps()).isFalse();
        assertThat(story.health("db")).as("two failures are not three").isEqualTo(UP);
        assertThat(says("d").health("db")).isEqualTo(DOWN);
    }

    @Test
    void silenceIsOverFlapping() {
        says("ududu").untilNow();

        story.isJudgedAt(sequence * 10 + 31);

        assertThat(story.health("db")).isEqualTo(STALE);
        assertThat(flaps()).isFalse();
        assertThat(story.news()).contains("db: DOWN -> STALE").hasSize(3);
        sequence += 10;
        says("d");
        assertThat(story.health("db")).isEqualTo(DOWN);
        assertThat(flaps()).as("it is counted anew").isFalse();
    }

    @Test
    void whoFlapsAndIsNoLongerKnownIsUnknown() {
        says("ududu").untilNow();

        says("????");
        story.isJudgedAt(sequence * 10 + 0.1);

        assertThat(story.health("db")).isEqualTo(UNKNOWN);
        assertThat(flaps()).isFalse();
        assertThat(story.news()).containsExactly("db: DOWN -> UNKNOWN");
    }

    @Test
    void aRestartForgetsNoChange() {
        says("udud").isReadAgain();
        assertThat(flaps()).isFalse();
        says("u").isReadAgain();
        assertThat(flaps()).isTrue();
    }

    @Test
    void aTargetThatMovesToAnotherGroupTakesItsChangesAlong() {
        says("udud");
        story.hears(ours("b", 1, 41, up("else")).every(5), ours("b", 2, 46, up("else")).every(5));

        story.hears(ours("b", 3, 51, up("db")).every(5));

        assertThat(flaps()).isTrue();
        assertThat(story.of("db").steadiness().flips()).isEqualTo(0b1111);
        for (int i = 4; i < 11; i++) {
            story.hears(ours("b", i, 31 + i * 5, up("db")).every(5));
        }
        assertThat(flaps()).isFalse();
    }

    @Test
    void aRepeatIsNoChange() {
        says("udud");
        Steadiness before = story.of("db").steadiness();

        story.hears(ours("a", 4, 40, down("db"), up("web"), up("x")), ours("a", 3, 30, up("db"), up("web"), up("x")));

        assertThat(story.of("db").steadiness()).isEqualTo(before);
    }

    @Test
    void changesFadeAwayWithoutTheTargetBeingWritten() {
        says("udud");

        says("ddd");
        assertThat(story.last().touched()).isEmpty();

        says("ddddd");
        assertThat(story.last().touched()).isEmpty();
        says("udu");
        assertThat(flaps()).as("the old changes are gone").isFalse();
    }

    @Test
    void offMeansThatEveryChangeIsAChange() {
        story.judging("1", "1", "3/8, host/db=off");

        says("udududududud");

        assertThat(story.news()).hasSize(11);
    }

    @Test
    void whatIsSwitchedOffEndsWithTheNextObservation() {
        says("ududu").judging("1", "1", "off").untilNow();

        says("u");

        assertThat(story.news()).containsExactly("db: DOWN -> UP");
        assertThat(flaps()).isFalse();
    }
}
