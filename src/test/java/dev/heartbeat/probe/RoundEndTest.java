package dev.heartbeat.probe;

import static dev.heartbeat.probe.FakeCheck.DOWN;
import static dev.heartbeat.probe.RoundBench.lane;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.services.Warnings;

/** What becomes of the checks that a round has no time for: at its deadline, and when the program stops? */
class RoundEndTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofSeconds(9);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Outcome NOT_ASKED = Outcome.unknown(Reason.NOT_ASKED, "the round ended before the question was put");

    private final Warnings warnings = new Warnings(Round.class);
    private final FakeCheck a = new FakeCheck("a").timeout(Duration.ofSeconds(4)).retries(1);
    private final FakeCheck b = new FakeCheck("b");
    private final FakeCheck c = new FakeCheck("c");

    @AfterEach
    void listenNoMore() {
        warnings.close();
    }

    @Test
    void whatWasNotAskedByTheDeadlineIsUnknownAndNeverDown() {
        RoundBench round = begun();

        round.pass(DEADLINE.plus(MOMENT)).tick();
        a.answer(1, Outcome.UP);
        round.settle();

        assertThat(round.outcome("a")).isEqualTo(Outcome.UP);
        assertThat(round.outcome("b")).isEqualTo(NOT_ASKED);
        assertThat(round.outcome("c")).isEqualTo(NOT_ASKED);
        assertThat(List.of(b, c)).allSatisfy(check -> assertThat(check.tries).isEmpty());
    }

    @Test
    void oneWarningNamesTheConcurrencyThatWouldSuffice() {
        RoundBench round = begun();

        round.pass(DEADLINE.plus(MOMENT)).tick().tick();

        assertThat(warnings.told()).singleElement().asString()
                .contains("2 of 3 host checks were not asked", "a concurrency of 4 instead of 1");
    }

    @Test
    void aRoundInTimeWarnsOfNothing() {
        RoundBench round = RoundBench.of(a).start();

        round.pass(DEADLINE.plus(MOMENT)).tick();

        assertThat(warnings.told()).isEmpty();
    }

    @Test
    void noCheckIsStartedAfterTheDeadlineHoweverLateTheTick() {
        RoundBench round = begun();

        round.pass(DEADLINE.plus(MOMENT));
        a.answer(0, Outcome.UP);
        round.settle();
        assertThat(b.tries).isEmpty();
        round.tick();

        assertThat(round.outcome("b")).isEqualTo(NOT_ASKED);
    }

    @Test
    void aCheckIsStillStartedAtTheDeadline() {
        RoundBench round = begun();

        round.pass(DEADLINE);
        a.answer(0, Outcome.UP);
        round.tick();

        assertThat(b.tries).hasSize(1);
    }

    @Test
    void aCheckThatBeganInTimeKeepsItsRetriesBeyondTheDeadline() {
        RoundBench round = RoundBench.of(a).start();
        round.pass(Duration.ofMinutes(1));

        a.answer(0, DOWN);
        round.tick();
        a.answer(1, Outcome.UP);
        round.settle();

        assertThat(round.outcome("a")).isEqualTo(Outcome.UP);
    }

    @Test
    void stoppingLetsRunningChecksEndAndStartsNoOther() {
        RoundBench round = begun().stop();

        a.answer(0, DOWN);
        round.settle();
        a.answer(1, Outcome.UP);
        round.settle();

        assertThat(round.names()).containsExactly("a");
        assertThat(round.outcome("a")).isEqualTo(Outcome.UP);
        assertThat(warnings.told()).isEmpty();
    }

    @Test
    void stoppingAfterTheDeadlineStillReportsWhatWasNotAsked() {
        RoundBench round = begun().pass(DEADLINE.plus(MOMENT)).tick().stop();

        a.answer(1, Outcome.UP);
        round.settle();

        assertThat(round.names()).containsExactly("a", "b", "c");
        assertThat(round.ends).hasSize(1);
    }

    @Test
    void whatIsUnfinishedWhenARoundIsAbandonedIsCancelledAndNotReported() {
        RoundBench round = RoundBench.of(a, new FakeCheck("up").up(), b).start().stop();

        round.abandon();

        assertThat(round.names()).containsExactly("up");
        assertThat(a.cancelled).containsExactly(0);
        assertThat(b.cancelled).containsExactly(0);
    }

    @Test
    void anAnswerThatWaitsForItsTurnWhenTheRoundIsAbandonedIsNotTaken() {
        RoundBench round = RoundBench.of(a).start();

        a.answer(0, DOWN);
        round.abandon().tick();

        assertThat(a.tries).hasSize(1);
        assertThat(round.ends).containsExactly(List.of());
    }

    @Test
    void aRoundEndsOnce() {
        RoundBench round = RoundBench.of(new FakeCheck("up").up()).start();

        round.stop().abandon().pass(Duration.ofHours(1)).tick();

        assertThat(round.ends).hasSize(1);
    }

    @Test
    void publishingGoesOnWhenEveryCheckTakesItsWholeTimeout() {
        Lane lane = lane(1, new FakeCheck("a").timeout(Duration.ofSeconds(4)).retries(1));

        assertThat(new Plan(Duration.ofSeconds(100), List.of(), List.of(lane)).deadline()).isEqualTo(Duration.ofSeconds(90));
        assertThat(new Plan(Duration.ZERO, List.of(), List.of(lane)).deadline()).isEqualTo(Duration.ofSeconds(8));
    }

    private RoundBench begun() {
        return new RoundBench(TEN_SECONDS, lane(1, a, b, c)).start();
    }
}
