package dev.heartbeat.probe;

import static dev.heartbeat.probe.FakeCheck.DOWN;
import static dev.heartbeat.probe.FakeCheck.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import io.smallrye.mutiny.Uni;

/** Is a target answered for with a reason, and are the others', when a probe breaks its promises? */
class BrokenProbeTest {
    private static final RuntimeException BROKEN = new IllegalStateException("broken");

    static Stream<Arguments> breakages() {
        return Stream.of(
                breakage("throws", () -> {
                    throw BROKEN;
                }),
                breakage("throws an error", () -> {
                    throw new NoClassDefFoundError("Probe");
                }),
                breakage("no Uni", () -> null),
                breakage("a failed Uni", () -> Uni.createFrom().failure(BROKEN)),
                breakage("a Uni that throws", () -> Uni.createFrom().emitter(emitter -> {
                    throw BROKEN;
                })),
                breakage("no list", () -> Uni.createFrom().nullItem()),
                breakage("an empty list", () -> Uni.createFrom().item(List.of())),
                breakage("a list with nothing in it", () -> Uni.createFrom().item(Arrays.asList((Finding) null))),
                breakage("another's finding", () -> Uni.createFrom().item(List.of(finding("other", DOWN)))));
    }

    private static Arguments breakage(String name, Supplier<Uni<List<Finding>>> answer) {
        return argumentSet(name, answer);
    }

    @ParameterizedTest
    @MethodSource("breakages")
    void whatAProbeBreaksIsItsOwnTargetOnly(Supplier<Uni<List<Finding>>> answer) {
        RoundBench round = RoundBench.of(new FakeCheck("broken").answering(answer), new FakeCheck("other").up()).start();

        assertThat(round.reason("broken")).isEqualTo(Reason.PROBE_FAILED);
        assertThat(round.outcome("other")).isEqualTo(Outcome.UP);
        assertThat(round.names()).containsExactly("broken", "other");
    }

    @ParameterizedTest
    @MethodSource("breakages")
    void aBrokenAnswerIsARetrysBusinessToo(Supplier<Uni<List<Finding>>> answer) {
        FakeCheck check = new FakeCheck("a").retries(1);
        check.answering(() -> {
            check.up();
            return answer.get();
        });

        RoundBench round = RoundBench.of(check).start();

        assertThat(round.outcome("a")).isEqualTo(Outcome.UP);
    }

    @Test
    void aTargetLeftOutOfAnAnswerIsDownWithItsReason() {
        FakeCheck check = new FakeCheck("a", "b").answering(() -> Uni.createFrom().item(List.of(finding("b", Outcome.UP))));

        RoundBench round = RoundBench.of(check).start();

        assertThat(round.reason("a")).isEqualTo(Reason.PROBE_FAILED);
        assertThat(round.outcome("b")).isEqualTo(Outcome.UP);
    }

    @Test
    void aFindingForATargetThatIsNotTheChecksIsDropped() {
        FakeCheck check = new FakeCheck("a")
                .answering(() -> Uni.createFrom().item(List.of(finding("a", Outcome.UP), finding("stranger", DOWN))));

        assertThat(RoundBench.of(check).start().names()).containsExactly("a");
    }

    @Test
    void ofTwoFindingsForOneTargetTheWorseCounts() {
        FakeCheck check = new FakeCheck("a")
                .answering(() -> Uni.createFrom().item(List.of(finding("a", DOWN), finding("a", Outcome.UP))));

        assertThat(RoundBench.of(check).start().outcome("a")).isEqualTo(DOWN);
    }

    @Test
    void ofTwoAnswersToOneTryTheFirstCounts() {
        Tardy twice = new Tardy("a");
        FakeCheck other = new FakeCheck("b");
        RoundBench round = RoundBench.of(twice.check, other).start();

        twice.answer(0, Outcome.UP);
        twice.answer(0, DOWN);
        round.settle();
        assertThat(round.hasEnded()).isFalse();
        other.answer(0, Outcome.UP);
        round.settle();

        assertThat(round.outcome("a")).isEqualTo(Outcome.UP);
        assertThat(round.ends).hasSize(1);
    }

    @Test
    void aProbeThatCanNotBeCancelledTimesOut() {
        FakeCheck check = new FakeCheck("a").answering(() -> Uni.createFrom().emitter(emitter -> emitter.onTermination(() -> {
            throw BROKEN;
        })));
        RoundBench round = RoundBench.of(check).start();

        round.pass(Duration.ofSeconds(5)).tick();

        assertThat(round.reason("a")).isEqualTo(Reason.TIMED_OUT);
    }
}
