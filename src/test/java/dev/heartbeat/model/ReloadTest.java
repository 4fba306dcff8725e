package dev.heartbeat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Does a store know enough that keeps of each change only the head and what was touched? */
class ReloadTest {
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(10);

    static LongStream seeds() {
        return LongStream.range(0, 120);
    }

    /** Keeps what a store is told to keep, and forgets the rest after each change. */
    private static final class Forgetful {
        private final Map<Target, TargetState> stored = new HashMap<>();
        private SourceState state = SourceState.unheard(SourceState.DEFAULT_SOURCE);

        List<Transition> commit(Function<SourceState, Change> step) {
            Change change = step.apply(state);
            SourceState next = change.next();
            for (Target target : change.touched()) {
                stored.compute(target, (key, former) -> next.targets().get(key));
            }
            state = new SourceState(next.source(), next.version(), next.speaker(), next.groups(), next.config(), next.listed(),
                    next.prints(), new HashMap<>(stored));
            return change.transitions();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aStoreThatKeepsTheHeadAndTheTouchedGoesOnAsIfItHadKeptAll(long seed) {
        Forgetful store = new Forgetful();
        SourceState exact = store.state;
        Random random = new Random(seed);
        List<Saying> sayings = Chronicle.wild(seed);
        Policy policy = seed % 2 == 0 ? Policy.DEFAULT
                : new Policy(null, null, Judging.of("2, host/n3=3", "2", "3/12"), 0.3, Duration.ofMinutes(2));
        for (int from = 0; from < sayings.size();) {
            int to = Math.min(sayings.size(), from + 1 + random.nextInt(4));
            Function<SourceState, Change> step = random.nextInt(4) == 0
                    ? judging(sayings.get(from).received(), random.nextInt(100), policy)
                    : hearing(sayings.subList(from, to), policy);
            from = to;

            Change change = step.apply(exact);
            exact = change.next();
            assertThat(store.commit(step)).containsExactlyInAnyOrderElementsOf(change.transitions());
            assertThat(shown(store.state)).isEqualTo(shown(exact));
            assertThatInstantsAreOffByARoundAtMost(store.state, exact);
        }
    }

    /**
     * What the head says of a target that rides is its heartbeat's instant, which ends the round that the target was asked in.
     */
    private static void assertThatInstantsAreOffByARoundAtMost(SourceState kept, SourceState exact) {
        kept.targets().forEach((target, known) -> {
            TargetState same = exact.targets().get(target);
            assertThatOffByARoundAtMost(kept.lastUp(known), exact.lastUp(same));
            assertThatOffByARoundAtMost(kept.lastDown(known), exact.lastDown(same));
            assertThatOffByARoundAtMost(kept.lastSeen(known), exact.lastSeen(same));
        });
    }

    private static void assertThatOffByARoundAtMost(Instant kept, Instant exact) {
        if (exact == null) {
            assertThat(kept).isNull();
        } else {
            assertThat(kept).isBetween(exact, exact.plus(LONGEST_ROUND));
        }
    }

    private static Function<SourceState, Change> hearing(List<Saying> sayings, Policy policy) {
        List<Heard> heard = sayings.stream().map(Saying::heard).toList();
        return state -> state.hear(heard, policy);
    }

    private static Function<SourceState, Change> judging(double now, double listening, Policy policy) {
        return state -> state.judge(Saying.at(now), Saying.at(now - listening), policy);
    }

    private record Seen(Health health, Health former, Reason reason, String detail, Instant since, Instant unknownSince,
            Steadiness steadiness) {
    }

    private static Map<Target, Seen> shown(SourceState state) {
        Map<Target, Seen> shown = new TreeMap<>();
        state.targets().forEach((target, known) -> shown.put(target,
                new Seen(known.health(), known.former(), known.reason(), known.detail(), known.since(),
                        known.unknownSince(), known.steadiness())));
        return shown;
    }
}
