package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Does anything that the reader lets through make the state machine fall over? */
class ExtremesTest {
    private static final List<Instant> INSTANTS = List.of(Instant.parse("0000-01-01T00:00:00Z"), Instant.EPOCH, Wire.AT,
            Wire.AT.plusSeconds(1), Instant.parse("9999-12-31T23:59:59.999999999Z"));
    private static final List<Duration> DURATIONS = List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofSeconds(10),
            Duration.ofDays(366));
    private static final List<Policy> POLICIES = List.of(Policy.DEFAULT, new Policy(Duration.ZERO, Duration.ZERO),
            new Policy(Duration.ofSeconds(Long.MAX_VALUE), null), new Policy(null, Duration.ofDays(36_500)));

    @RepeatedTest(200)
    void noInstantAndNoNumberMakesItThrow(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Policy policy = any(POLICIES, random);

        assertThatCode(() -> {
            SourceState state = SourceState.unheard("s");
            for (int i = 0; i < 40; i++) {
                state = state.hear(List.of(heard(random)), policy).next();
                state = state.judge(any(INSTANTS, random), any(INSTANTS, random), policy).next();
                state.targets().values().forEach(known -> assertThat(known.since()).isNotNull());
            }
        }).doesNotThrowAnyException();
    }

    private static Heard heard(Random random) {
        List<Observation> observations = new ArrayList<>();
        Outcome[] outcomes = { Outcome.UP, Outcome.down(Reason.SLOW, null), Outcome.unknown(Reason.API_FAILED, null) };
        for (int i = random.nextInt(4); i > 0; i--) {
            observations
                    .add(new Observation(new Target(Kind.HOST, "h" + i), outcomes[random.nextInt(3)], any(INSTANTS, random)));
        }
        boolean isPh = random.nextInt(3) == 0;
        Heartbeat heartbeat = new Heartbeat("s", isPh ? null : "b" + random.nextInt(3),
                random.nextInt(5) == 0 ? Long.MAX_VALUE : random.nextInt(9),
                observations.isEmpty() ? null : any(INSTANTS, random),
                isPh ? null : any(DURATIONS, random), random.nextInt(3), random.nextInt(3), null,
                random.nextInt(5) == 0 ? Set.of() : null, observations);
        return new Heard(heartbeat, any(INSTANTS, random), random.nextBoolean(), random.nextInt(5));
    }

    private static <T> T any(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }

    @Test
    void theFirstWordOfASourceMayBeAnEmptyOne() {
        Heartbeat empty = new Heartbeat("s", null, 0, null, null, 1, 1, null, null, List.of());

        Change change = SourceState.unheard("s").hear(List.of(new Heard(empty, Wire.RECEIVED, false, 1)), Policy.DEFAULT);

        assertThat(change.next().groups().get(Group.UNNAMED).heard()).isEqualTo(Wire.RECEIVED);
    }

    @Test
    void hearingNothingChangesNothing() {
        assertThat(SourceState.unheard("s").hear(List.of(), Policy.DEFAULT).isNone()).isTrue();
    }
}
