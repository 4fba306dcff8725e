package dev.heartbeat.probe;

import static dev.heartbeat.probe.FakeCheck.DOWN;
import static dev.heartbeat.probe.RoundBench.START;
import static dev.heartbeat.probe.RoundBench.lane;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import io.smallrye.mutiny.Uni;

/** When does a try, a check, a round end? */
class RoundTimeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void aTryWithoutAnswerEndsAtItsTimeout() {
        FakeCheck silent = new FakeCheck("a").timeout(SECOND);
        RoundBench round = RoundBench.of(silent).start();

        round.pass(Duration.ofMillis(999)).tick();
        assertThat(round.hasEnded()).isFalse();
        round.pass(Duration.ofMillis(1)).tick();

        assertThat(round.outcome("a")).isEqualTo(Outcome.down(Reason.TIMED_OUT, "no answer within 1 s"));
        assertThat(round.found("a").at()).isEqualTo(START.plus(SECOND));
        assertThat(silent.cancelled).containsExactly(0);
    }

    @Test
    void aTimeoutThatIsNoWholeSecondIsToldInMilliseconds() {
        RoundBench round = RoundBench.of(new FakeCheck("a").timeout(Duration.ofMillis(1500))).start();

        round.pass(Duration.ofMillis(1500)).tick();

        assertThat(round.outcome("a").detail()).isEqualTo("no answer within 1500 ms");
    }

    @Test
    void everyTryHasTheWholeTimeout() {
        FakeCheck silent = new FakeCheck("a").timeout(SECOND).retries(1);
        RoundBench round = RoundBench.of(silent).start();

        round.pass(SECOND).tick();
        assertThat(silent.tries).hasSize(2);
        round.pass(Duration.ofMillis(999)).tick();
        assertThat(round.hasEnded()).isFalse();
        round.pass(Duration.ofMillis(1)).tick();

        assertThat(round.reason("a")).isEqualTo(Reason.TIMED_OUT);
        assertThat(silent.cancelled).containsExactly(0, 1);
    }

    @Test
    void aCheckIsAskedAgainUntilAllItsTargetsAreUp() {
        FakeCheck flaky = new FakeCheck("a", "b").retries(3);
        RoundBench round = RoundBench.of(flaky).start();

        flaky.tries.get(0).complete(List.of(FakeCheck.finding("a", Outcome.UP), FakeCheck.finding("b", DOWN)));
        round.settle();
        flaky.answer(1, Outcome.UP);
        round.settle();

        assertThat(flaky.tries).hasSize(2);
        assertThat(round.outcome("b")).isEqualTo(Outcome.UP);
    }

    @Test
    void afterTheLastRetryItsAnswerCounts() {
        FakeCheck dead = new FakeCheck("a").retries(2);
        RoundBench round = RoundBench.of(dead).start();

        for (int attempt = 0; attempt < 3; attempt++) {
            dead.answer(attempt, DOWN);
            round.settle();
        }

        assertThat(dead.tries).hasSize(3);
        assertThat(round.outcome("a")).isEqualTo(DOWN);
    }

    @Test
    void manyRetriesOfACheckThatFailsAtOnceDoNotPileUp() {
        FakeCheck dead = new FakeCheck("a").retries(20_000)
                .answering(() -> Uni.createFrom().item(List.of(FakeCheck.finding("a", DOWN))));

        assertThat(RoundBench.of(dead).start().outcome("a")).isEqualTo(DOWN);
    }

    @Test
    void aLateAnswerIsNotTakenForANewerTry() {
        Tardy tardy = new Tardy("a");
        RoundBench round = RoundBench.of(tardy.check.timeout(SECOND).retries(1)).start();
        round.pass(SECOND).tick();

        tardy.answer(0, Outcome.UP);
        round.settle();
        assertThat(round.hasEnded()).isFalse();
        tardy.answer(1, DOWN);
        round.settle();

        assertThat(round.outcome("a")).isEqualTo(DOWN);
    }

    @Test
    void anAnswerAfterTheTimeoutChangesNothing() {
        Tardy tardy = new Tardy("a");
        FakeCheck other = new FakeCheck("b");
        RoundBench round = RoundBench.of(tardy.check.timeout(SECOND), other).start();
        round.pass(SECOND).tick();

        tardy.answer(0, Outcome.UP);
        round.settle();
        assertThat(round.hasEnded()).isFalse();
        other.answer(0, Outcome.UP);
        round.settle();

        assertThat(round.reason("a")).isEqualTo(Reason.TIMED_OUT);
        assertThat(round.ends).hasSize(1);
    }

    @Test
    void anAnswerJustBeforeTheTimeoutIsTakenThoughItsTurnComesLater() {
        FakeCheck a = new FakeCheck("a").timeout(SECOND);
        RoundBench round = RoundBench.of(a).start();

        a.answer(0, Outcome.UP);
        round.pass(SECOND).tick();

        assertThat(round.outcome("a")).isEqualTo(Outcome.UP);
    }

    @Test
    void aTimeoutThatAnAnswerOvertookIsNotTakenForANewerTry() {
        FakeCheck a = new FakeCheck("a").timeout(SECOND).retries(1);
        RoundBench round = RoundBench.of(a).start();

        a.answer(0, DOWN);
        round.pass(SECOND).tick();
        assertThat(round.hasEnded()).isFalse();
        a.answer(1, Outcome.UP);
        round.settle();

        assertThat(round.outcome("a")).isEqualTo(Outcome.UP);
    }

    @Test
    void aTimedOutCheckMakesRoomForTheNext() {
        FakeCheck next = new FakeCheck("b");
        RoundBench round = new RoundBench(Duration.ofMinutes(1), lane(1, new FakeCheck("a").timeout(SECOND), next)).start();

        round.pass(SECOND).tick();

        assertThat(next.tries).hasSize(1);
    }
}
