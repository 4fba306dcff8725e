package dev.heartbeat.probe;

import static dev.heartbeat.probe.FakeCheck.DOWN;
import static dev.heartbeat.probe.FakeCheck.finding;
import static dev.heartbeat.probe.FakeCheck.target;
import static dev.heartbeat.probe.RoundBench.START;
import static dev.heartbeat.probe.RoundBench.lane;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import io.smallrye.mutiny.Uni;

/** Is every target answered for, once, whatever its check does in the time it has? */
class RoundTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void checksAreAskedSideBySideUpToTheBoundOfTheirLane() {
        FakeCheck a = new FakeCheck("a");
        FakeCheck b = new FakeCheck("b");
        FakeCheck c = new FakeCheck("c");
        FakeCheck other = new FakeCheck("other");

        new RoundBench(MINUTE, lane(2, a, b, c), lane(1, other)).start();

        assertThat(List.of(a, b, other)).allSatisfy(check -> assertThat(check.tries).hasSize(1));
        assertThat(c.tries).isEmpty();
    }

    @Test
    void theNextIsAskedWhenOneHasEnded() {
        FakeCheck a = new FakeCheck("a");
        FakeCheck b = new FakeCheck("b");
        RoundBench round = new RoundBench(MINUTE, lane(1, a, b)).start();

        a.answer(0, Outcome.UP);
        round.settle();

        assertThat(b.tries).hasSize(1);
        assertThat(round.hasEnded()).isFalse();
    }

    @Test
    void aRoundEndsWithItsLastAnswer() {
        FakeCheck a = new FakeCheck("a");
        FakeCheck b = new FakeCheck("b");
        RoundBench round = RoundBench.of(a, b).start();

        b.answer(0, DOWN);
        a.answer(0, Outcome.UP);
        round.settle();

        assertThat(round.outcome("a")).isEqualTo(Outcome.UP);
        assertThat(round.outcome("b")).isEqualTo(DOWN);
    }

    @Test
    void whatIsFoundHasTheOrderOfTheTargetsFile() {
        Lane hosts = lane(1, new FakeCheck("1").up(), new FakeCheck("3").up());
        Lane websites = lane(1, new FakeCheck("2", "4").up());
        Plan plan = new Plan(MINUTE, List.of(target("1"), target("2"), target("3"), target("4")), List.of(hosts, websites));

        RoundBench round = new RoundBench(plan).start();

        assertThat(round.names()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void aTargetOfSeveralChecksIsAsWellAsTheWorstOfThem() {
        FakeCheck bad = new FakeCheck("a").answering(() -> Uni.createFrom().item(List.of(finding("a", DOWN))));

        RoundBench round = RoundBench.of(new FakeCheck("a").up(), bad, new FakeCheck("a").up()).start();

        assertThat(round.names()).containsExactly("a");
        assertThat(round.outcome("a")).isEqualTo(DOWN);
    }

    @Test
    void aTargetThatNobodyAsksForIsUnknown() {
        RoundBench round = new RoundBench(new Plan(MINUTE, List.of(target("a")), List.of())).start();

        assertThat(round.outcome("a").health()).isEqualTo(Health.UNKNOWN);
        assertThat(round.reason("a")).isEqualTo(Reason.NOT_ASKED);
    }

    @Test
    void anObservationIsOfTheInstantWhenTheAnswerCame() {
        FakeCheck a = new FakeCheck("a");
        RoundBench round = RoundBench.of(a).start();

        round.pass(Duration.ofMillis(120));
        a.answer(0, Outcome.UP);
        round.pass(Duration.ofMillis(30)).settle();

        assertThat(round.found("a").at()).isEqualTo(START.plusMillis(120));
    }

    @Test
    void latencyAndEvidenceAreTheProbesOwnOrNone() {
        Finding rich = new Finding(target("rich"), Outcome.UP, Duration.ofMillis(7), new Evidence(200, null, null));

        RoundBench round = RoundBench.of(new FakeCheck("bare").up(),
                new FakeCheck("rich").answering(() -> Uni.createFrom().item(List.of(rich)))).start();

        assertThat(round.found("bare").latency()).isNull();
        assertThat(round.found("rich").latency()).isEqualTo(rich.latency());
        assertThat(round.found("rich").evidence()).isEqualTo(rich.evidence());
    }

    @Test
    void manyChecksThatAnswerAtOnceDoNotPileUp() {
        Check[] checks = IntStream.range(0, 20_000).mapToObj(i -> new FakeCheck("t" + i).up()).toArray(Check[]::new);

        RoundBench round = new RoundBench(MINUTE, lane(1, checks)).start();

        assertThat(round.found()).hasSize(20_000);
    }

    @Test
    void aRoundWithNothingToAskEndsAtOnce() {
        assertThat(RoundBench.of().start().ends).containsExactly(List.of());
    }
}
