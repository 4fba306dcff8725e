package dev.heartbeat.model;

import static dev.heartbeat.model.Health.DOWN;
import static dev.heartbeat.model.Health.STALE;
import static dev.heartbeat.model.Health.UP;
import static dev.heartbeat.model.Saying.at;
import static dev.heartbeat.model.Saying.down;
import static dev.heartbeat.model.Saying.host;
import static dev.heartbeat.model.Saying.ours;
import static dev.heartbeat.model.Saying.ph;
import static dev.heartbeat.model.Saying.unknown;
import static dev.heartbeat.model.Saying.up;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which change is news of its own, which is part of a larger one, and which is history? */
class NewsTest {
    private final Story story = new Story();

    /** Of so many targets the first so many are down. */
    private static Saying round(int sequence, double second, int down, int targets) {
        List<Saying.Word> words = new ArrayList<>();
        for (int i = 0; i < targets; i++) {
            words.add(i < down ? down("n" + i) : up("n" + i));
        }
        return ours("a", sequence, second, words.toArray(Saying.Word[]::new));
    }

    private Transition ofSource() {
        return story.transitions().stream().filter(transition -> transition.target() == null)
                .reduce((one, other) -> {
                    throw new AssertionError("two of them");
                }).orElseThrow();
    }

    @Test
    void aSourceThatFallsSilentIsOnePieceOfNewsBeforeItsParts() {
        story.hears(round(1, 0, 1, 3)).untilNow();

        story.isJudgedAt(31);

        assertThat(story.telling()).startsWith("source: UP -> STALE NEWS").containsExactlyInAnyOrder(
                "source: UP -> STALE NEWS", "n0: DOWN -> STALE PART", "n1: UP -> STALE PART", "n2: UP -> STALE PART");
    }

    @Test
    void itSaysSinceWhenAndHowManyOfItsTargets() {
        story.hears(round(1, 0, 0, 3), ours("a", 2, 20, up("slow")).every(60)).isJudgedAt(31);

        assertThat(ofSource()).isEqualTo(new Transition("publisher", null, UP, STALE, at(31), Reason.SILENT,
                "silent since 2026-11-21T10:00:00Z, allowed are 30s: 3 of 4 targets"));
    }

    @Test
    void anotherGroupThatFollowsIntoSilenceIsNoNewsOfItsOwn() {
        story.hears(ours("a", 1, 0, up("fast")), ours("a", 2, 0, up("slow")).every(60)).isJudgedAt(31).untilNow();

        story.isJudgedAt(181);

        assertThat(story.telling()).containsExactly("slow: UP -> STALE PART");
    }

    @Test
    void aTargetThatIsLeftBehindIsNewsOfItsOwn() {
        story.hears(ours("a", 1, 0, up("db"), up("gone")), ours("a", 2, 10, up("db")), ours("a", 3, 20, up("db")),
                ours("a", 4, 30, up("db")));

        story.isJudgedAt(31);
        assertThat(story.telling()).containsExactly("gone: UP -> STALE NEWS");

        story.hears(ours("a", 5, 40, up("db"), up("gone")));
        assertThat(story.telling()).containsExactly("gone: STALE -> UP NEWS");
    }

    @Test
    void itsReturnIsNewsAlsoAfterItsSourceWasSilent() {
        story.hears(ours("a", 1, 0, up("db"), up("gone")), ours("a", 2, 10, up("db")), ours("a", 3, 30, up("db")))
                .isJudgedAt(31).isJudgedAt(61).untilNow();

        story.hears(ours("a", 4, 70, up("db"), up("gone")));

        assertThat(story.telling()).containsExactly("source: STALE -> UP NEWS", "db: STALE -> UP PART",
                "gone: STALE -> UP NEWS");
    }

    @Test
    void aSourceThatIsHeardAgainIsOnePieceOfNewsAndSoIsWhatHasChangedMeanwhile() {
        story.hears(round(1, 0, 1, 4)).isJudgedAt(31).untilNow();

        story.hears(ours("a", 2, 100, down("n0"), down("n1"), up("n2"), unknown("n3")));

        assertThat(story.telling()).containsExactly("source: STALE -> UP NEWS", "n0: STALE -> DOWN PART",
                "n2: STALE -> UP PART", "n1: STALE -> DOWN NEWS", "n3: STALE -> UNKNOWN NEWS");
    }

    @Test
    void whatIsTooOldToBeASignOfLifeDoesNotEndASilence() {
        story.hears(ours("a", 1, 0, up("x")), ours("a", 2, 10)).isJudgedAt(41).untilNow();

        story.hears(ours("a", 1, 0, up("x")).receivedAt(50), ours("b", 1, 12, up("x")).every(5).fromBacklogAt(100),
                ours("b", 2, 17).every(5).listing("z").fromBacklogAt(101));
        assertThat(story.telling()).containsExactly("x: STALE -> null NEWS");
        assertThat(story.isJudgedAt(102).state().groups().get("10000").silent()).isNotNull();

        story.hears(ours("b", 3, 103, up("z")).every(5));
        assertThat(story.telling()).containsExactly("source: STALE -> UP NEWS");
    }

    @Test
    void itSaysHowLongTheSilenceWas() {
        story.hears(round(1, 0, 0, 2)).isJudgedAt(31).untilNow();

        story.hears(round(2, 252, 0, 2));

        assertThat(ofSource()).isEqualTo(new Transition("publisher", null, STALE, UP, at(252), null,
                "heard again after 4m12s of silence", Duration.ofSeconds(221), Telling.NEWS));
    }

    @Test
    void itSaysHowManyTargetsAreStillNotHeardOf() {
        story.hears(round(1, 0, 0, 4)).isJudgedAt(31).untilNow();

        story.hears(round(2, 60, 0, 3));

        assertThat(ofSource().detail()).isEqualTo("heard again after 1m of silence, but not of 1 of its 4 targets");
    }

    @Test
    void aSourceIsHeardAgainOnceTheLastOfItsGroupsIs() {
        story.hears(ours("a", 1, 0, up("fast")), ours("a", 2, 0, up("slow")).every(60)).isJudgedAt(31).isJudgedAt(181)
                .untilNow();

        story.hears(ours("b", 1, 300, up("fast")));
        assertThat(story.telling()).containsExactly("fast: STALE -> UP PART");
        story.isReadAgain().hears(ours("b", 2, 330, up("slow")).every(60));
        assertThat(story.transitions()).first().satisfies(again -> {
            assertThat(again.target()).isNull();
            assertThat(again.lasted()).as("from the first group's verdict on").isEqualTo(Duration.ofSeconds(330 - 31));
        });
    }

    @Test
    void aSilentGroupWhoseTargetsAllMoveToAnotherEndsTheSilence() {
        story.hears(ours("a", 1, 0, up("x"), up("y"))).isJudgedAt(31).untilNow();

        story.hears(ours("b", 1, 60, up("x")).every(20));
        assertThat(story.telling()).containsExactly("x: STALE -> UP PART");
        story.hears(ours("b", 2, 80, up("x"), up("y")).every(20));
        assertThat(story.telling()).containsExactly("source: STALE -> UP NEWS", "y: STALE -> UP PART");
    }

    @Test
    void aSilentGroupWhoseTargetsAreRetiredEndsTheSilence() {
        story.hears(ours("a", 1, 0, up("x")), ours("a", 2, 0, up("y")).every(60)).isJudgedAt(31).untilNow();

        story.hears(ours("a", 3, 60, up("y")).every(60).listing("y"));

        assertThat(story.telling()).containsExactly("source: STALE -> UP NEWS", "x: STALE -> null NEWS");
    }

    @Test
    void retiringByHandWhatIsSilentEndsTheSilence() {
        story.hears(ours("a", 1, 0, up("x")), ours("a", 2, 0, up("y")).every(60)).isJudgedAt(31).untilNow();

        story.retires(40, "x");

        assertThat(story.telling()).containsExactly("source: STALE -> UP NEWS", "x: STALE -> null NEWS");
        assertThat(story.state().groups()).containsOnlyKeys("60000");
    }

    @Test
    void retiringByHandAllOfASilentSourceRetiresIt() {
        story.hears(ours("a", 1, 0, up("x"), up("y"))).isJudgedAt(31).untilNow();

        story.retires(40, "x");
        assertThat(story.telling()).containsExactly("x: STALE -> null NEWS");
        story.retires(50, "y");
        assertThat(story.telling()).containsExactly("source: STALE -> null NEWS", "y: STALE -> null NEWS");
    }

    @Test
    void aGroupThatItsTargetsHaveLeftDoesNotFallSilent() {
        story.hears(ours("a", 1, 0, up("x")), ours("b", 1, 10, up("x")).every(60)).untilNow();

        story.isJudgedAt(100);

        assertThat(story.telling()).isEmpty();
        assertThat(story.state().groups()).containsOnlyKeys("60000");
    }

    @Test
    void aSourceWithoutAnyTargetFallsSilentAllTheSame() {
        story.hears(ours("a", 1, 0)).isJudgedAt(31);
        assertThat(story.telling()).containsExactly("source: UP -> STALE NEWS");

        story.hears(ours("b", 1, 60, up("x")).every(60));
        assertThat(story.telling()).containsExactly("source: STALE -> UP NEWS");
    }

    @Test
    void whatWasNeverHeardAliveIsNoNewsInItsSilence() {
        story.hears(round(1, 0, 0, 2).fromBacklogAt(3600)).isJudgedAt(4000);
        assertThat(story.telling()).isEmpty();

        story.hears(round(2, 4001, 0, 2));
        assertThat(story.telling()).isEmpty();
    }

    @Test
    void phsKeysOfWhichNothingIsHeardAreOneSilence() {
        story.adopts(new PhKey(false, "db"), 5.0, null).adopts(new PhKey(false, "web"), null, 9.0).untilNow();

        story.isJudgedAt(3610.1, 10);
        assertThat(story.telling()).startsWith("source: UP -> STALE NEWS").containsExactlyInAnyOrder(
                "source: UP -> STALE NEWS", "db: UP -> STALE PART", "web: DOWN -> STALE PART");

        story.hears(ph(3700, up("db"), down("web")));
        assertThat(story.telling()).containsExactly("source: STALE -> UP NEWS", "db: STALE -> UP PART",
                "web: STALE -> DOWN PART");
    }

    @Test
    void manyThatGoDownInOneHeartbeatAreOnePieceOfNews() {
        story.hears(round(1, 0, 0, 5)).untilNow();

        story.hears(round(2, 10, 3, 5));

        assertThat(story.telling()).containsExactly("source: UP -> DOWN NEWS", "n0: UP -> DOWN PART", "n1: UP -> DOWN PART",
                "n2: UP -> DOWN PART");
    }

    @Test
    void itCountsAndNamesThem() {
        story.hears(round(1, 0, 0, 9)).untilNow();

        story.hears(round(2, 10, 7, 9));

        assertThat(ofSource()).isEqualTo(new Transition("publisher", null, UP, DOWN, at(10), Reason.MANY,
                "7 of 9 targets down in one heartbeat: host n0 (UNREACHABLE, refused), host n1 (UNREACHABLE, refused),"
                        + " host n2 (UNREACHABLE, refused), host n3 (UNREACHABLE, refused), host n4 (UNREACHABLE, refused), …"));
    }

    @Test
    void endlessDetailsAreCutShort() {
        Saying.Word endless = new Saying.Word(host("x"), Outcome.down(Reason.MISMATCH, "😀".repeat(5000)), null);
        Saying.Word silent = new Saying.Word(host("y"), Outcome.down(Reason.UNSTATED, null), null);

        story.hears(ours("a", 1, 0, endless, silent));

        assertThat(ofSource().detail()).hasSizeLessThan(400).endsWith("😀… (UNSTATED)".replace("… ", "…), host y "));
    }

    @ParameterizedTest
    @CsvSource({ "2, 4, 0.5, false", "3, 4, 0.5, true", "1, 1, 0.5, false", "2, 2, 0.5, true", "2, 100, 0, true",
            "1, 100, 0, false", "100, 100, 1, false", "3, 10, 0.25, true", "2, 10, 0.25, false" })
    void manyAreMoreThanTheShareAndTwoAtLeast(int down, int targets, double share, boolean many) {
        story.massShare(share).hears(round(1, 0, 0, targets)).untilNow();

        story.hears(round(2, 10, down, targets));

        assertThat(story.telling().contains("source: UP -> DOWN NEWS")).isEqualTo(many);
    }

    @Test
    void manyThatAreDownWhenTheyAreFirstSeenAreOnePieceOfNews() {
        story.hears(round(1, 0, 3, 3));

        assertThat(story.telling()).containsExactly("source: UP -> DOWN NEWS", "n0: null -> DOWN PART", "n1: null -> DOWN PART",
                "n2: null -> DOWN PART");
    }

    @Test
    void manyThatComeUpAgainAreOnePieceOfNewsBesideTheOthers() {
        story.hears(round(1, 0, 4, 5)).untilNow();

        story.hears(ours("a", 2, 10, up("n0"), up("n1"), up("n2"), down("n3"), down("n4")));

        assertThat(story.telling()).containsExactly("n4: UP -> DOWN NEWS", "source: DOWN -> UP NEWS", "n0: DOWN -> UP PART",
                "n1: DOWN -> UP PART", "n2: DOWN -> UP PART");
    }

    @Test
    void theirNumberIsSaid() {
        story.hears(round(1, 0, 4, 5)).untilNow();

        story.hears(round(2, 10, 0, 5));

        assertThat(ofSource().detail()).isEqualTo("4 of 5 targets up again in one heartbeat");
    }

    @Test
    void manyThatAreDownAfterASilenceInWhichTheyWereUpAreNewsBesideIt() {
        story.hears(round(1, 0, 0, 3)).isJudgedAt(31).untilNow();

        story.hears(round(2, 60, 2, 3));

        assertThat(story.telling()).containsExactly("source: STALE -> UP NEWS", "n2: STALE -> UP PART",
                "source: UP -> DOWN NEWS", "n0: STALE -> DOWN PART", "n1: STALE -> DOWN PART");
    }

    @Test
    void theSameInTwoHeartbeatsIsNotMany() {
        story.hears(round(1, 0, 0, 4)).untilNow();

        story.hearsAtOnce(round(2, 10, 2, 4), round(3, 20, 4, 4));

        assertThat(story.telling()).hasSize(4).allMatch(line -> line.endsWith("NEWS"));
    }

    @Test
    void whatIsOlderThanNewsMayBeIsPast() {
        story.newsMaxAge(600).hears(round(1, 0, 0, 3)).untilNow();

        story.hears(round(2, 10, 3, 3).fromBacklogAt(610), round(3, 20, 0, 3).fromBacklogAt(621));

        assertThat(story.telling()).containsExactly("source: UP -> DOWN NEWS", "n0: UP -> DOWN PART", "n1: UP -> DOWN PART",
                "n2: UP -> DOWN PART", "n0: DOWN -> UP PAST", "n1: DOWN -> UP PAST", "n2: DOWN -> UP PAST");
    }

    @Test
    void aRetirementThatIsLongAgoIsPast() {
        story.newsMaxAge(600).hears(round(1, 0, 0, 2)).untilNow();

        story.hears(ours("a", 2, 10, up("n0")).listing("n0").fromBacklogAt(611));

        assertThat(story.telling()).containsExactly("n1: UP -> null PAST");
    }

    @ParameterizedTest
    @CsvSource({ "0", "3600", "-3600" })
    void howLongTheFormerHealthLastedIsNeverNegative(double jump) {
        story.hears(ours("a", 1, 0, up("db"), up("x"), up("y")),
                ours("a", 2, 10, down("db"), up("x"), up("y")).byClockAhead(jump),
                ours("a", 3, 20, up("db"), up("x"), up("y")).byClockAhead(jump),
                ours("a", 4, 30, down("db"), up("x"), up("y")));

        assertThat(story.transitions()).isNotEmpty()
                .allSatisfy(change -> assertThat(change.lasted()).isGreaterThanOrEqualTo(Duration.ZERO));
    }

    @Test
    void howLongItLastedIsFromWhenItBegan() {
        story.hears(ours("a", 1, 0, up("db"), up("x"), up("y")), ours("a", 2, 10, down("db"), up("x"), up("y")),
                ours("a", 3, 20, down("db"), up("x"), up("y")), ours("a", 4, 45, up("db"), up("x"), up("y")));

        assertThat(story.transitions()).extracting(Transition::lasted).containsExactly(Duration.ofSeconds(10),
                Duration.ofSeconds(35));
    }

    @Test
    void whatIsFirstSeenHasNoFormerHealth() {
        story.hears(ours("a", 1, 0, down("db"), up("x"), up("y")));

        assertThat(story.transitions()).extracting(Transition::lasted).containsExactly((Duration) null);
        assertThat(story.health("db")).isEqualTo(DOWN);
    }
}
