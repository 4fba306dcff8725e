package dev.heartbeat.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.Heard;
import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.Histogram;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.LatencyHour;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Policy;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.store.Latencies;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

class AnswerTimesTest {
    private static final Instant HOUR = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Written written = new Written();
    private Instant now = HOUR;
    private final AnswerTimes times = new AnswerTimes(() -> written, () -> now, Runnable::run);
    private SourceState state = SourceState.unheard("s");

    /** What was written, and what is made of a write: at once, never, or only when told to. */
    private static final class Written implements Latencies {
        final List<Call> calls = new ArrayList<>();
        RuntimeException failure;
        boolean slow;
        final List<UniEmitter<? super Void>> waiting = new ArrayList<>();

        record Call(String source, Instant hour, String count, Map<Target, Histogram> histograms) {
        }

        @Override
        public Uni<Void> write(String source, Instant hour, String count, Map<Target, Histogram> histograms) {
            if (failure != null) {
                return Uni.createFrom().failure(failure);
            }
            calls.add(new Call(source, hour, count, histograms));
            return slow ? Uni.createFrom().emitter(waiting::add) : Uni.createFrom().voidItem();
        }

        @Override
        public Uni<List<LatencyHour>> of(String source, Target target) {
            throw new AssertionError("nobody asks");
        }
    }

    private static Target website(String name) {
        return new Target(Kind.WEBSITE, name);
    }

    private static Observation answer(String name, int millis) {
        return new Observation(website(name), Outcome.UP, HOUR, Duration.ofMillis(millis), null);
    }

    private static Histogram of(int... millis) {
        return Histogram.of(Arrays.stream(millis).mapToObj(Duration::ofMillis).toList());
    }

    /** A heartbeat of that instant, in seconds after the hour. */
    private static Heard beat(long sequence, int second, Observation... observations) {
        Instant at = HOUR.plusSeconds(second);
        return new Heard(new Heartbeat("s", "boot", sequence, at, EVERY, 1, 1, null, null, List.of(observations)), at, false,
                sequence);
    }

    private void hear(Heard... heard) {
        Change change = state.hear(List.of(heard), Policy.DEFAULT);
        state = change.next();
        now = heard[heard.length - 1].received();
        times.count(change, List.of(heard), Policy.DEFAULT);
    }

    private void write() {
        times.write().subscribe().with(ignored -> {
        }, failure -> {
        });
    }

    @Test
    void whatWasCountedIsWrittenByHour() {
        hear(beat(1, 3_580, answer("a", 3), answer("b", 4)), beat(2, 3_590, answer("a", 5)), beat(3, 3_600, answer("a", 7)));
        write();
        assertThat(written.calls).extracting(Written.Call::source, Written.Call::hour, Written.Call::histograms)
                .containsExactlyInAnyOrder(
                        tuple("s", HOUR, Map.of(website("a"), of(3, 5), website("b"), of(4))),
                        tuple("s", HOUR.plusSeconds(3_600), Map.of(website("a"), of(7))));
    }

    @Test
    void onlyWhatHasChangedIsWrittenAndAllOfIt() {
        hear(beat(1, 0, answer("a", 3), answer("b", 4)));
        write();
        write();
        assertThat(written.calls).hasSize(1);
        hear(beat(2, 10, answer("a", 5)));
        write();
        assertThat(written.calls.get(1).histograms()).containsOnly(Map.entry(website("a"), of(3, 5)));
        assertThat(written.calls.get(1).count()).isEqualTo(written.calls.get(0).count());
    }

    @Test
    void whatComesAgainIsNotCountedAgain() {
        Heard first = beat(1, 0, answer("a", 3));
        Heard second = beat(2, 10, answer("a", 5));
        hear(first, second, first);
        hear(second);
        hear(first, second, beat(3, 20, answer("a", 9)));
        write();
        assertThat(written.calls.get(0).histograms()).containsOnly(Map.entry(website("a"), of(3, 5, 9)));
    }

    @Test
    void onlyAnswersAreCounted() {
        Observation late = new Observation(website("a"), Outcome.down(Reason.SLOW, null), HOUR, Duration.ofMillis(8), null);
        Observation none = new Observation(website("b"), Outcome.down(Reason.TIMED_OUT, null), HOUR, Duration.ofSeconds(5),
                null);
        hear(beat(1, 0, late, none, new Observation(website("c"), Outcome.UP, HOUR)));
        write();
        assertThat(written.calls.get(0).histograms()).containsOnly(Map.entry(website("a"), of(8)));
    }

    @Test
    void whereNothingAnsweredNothingIsWritten() {
        hear(beat(1, 0, new Observation(website("c"), Outcome.UP, HOUR)));
        write();
        assertThat(written.calls).isEmpty();
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenWithTheNext() {
        hear(beat(1, 0, answer("a", 3), answer("b", 4)));
        written.failure = new IllegalStateException("away");
        write();
        hear(beat(2, 10, answer("a", 5)));
        write();
        written.failure = null;
        write();
        assertThat(written.calls).singleElement().extracting(Written.Call::histograms)
                .isEqualTo(Map.of(website("a"), of(3, 5), website("b"), of(4)));
    }

    @Test
    void oneWriteRunsAtATimeAndTheLastOneWaitsForIt() {
        written.slow = true;
        hear(beat(1, 0, answer("a", 3)));
        write();
        hear(beat(2, 10, answer("a", 5)));
        write();
        assertThat(written.calls).hasSize(1);
        boolean[] done = new boolean[1];
        times.writeLast().subscribe().with(ignored -> done[0] = true);
        assertThat(written.calls).hasSize(1);
        written.waiting.get(0).complete(null);
        assertThat(written.calls).hasSize(2);
        assertThat(done[0]).isFalse();
        written.waiting.get(1).complete(null);
        assertThat(done[0]).isTrue();
        assertThat(written.calls.get(1).histograms()).containsOnly(Map.entry(website("a"), of(3, 5)));
    }

    @Test
    void whatComesOfAnHourThatIsOverAndWrittenIsAnotherCountOfIt() {
        hear(beat(1, 3_590, answer("a", 3)));
        now = HOUR.plusSeconds(3_601);
        write();
        hear(beat(2, 3_595, answer("a", 5)));
        write();
        assertThat(written.calls).extracting(Written.Call::hour).containsExactly(HOUR, HOUR);
        assertThat(written.calls).extracting(Written.Call::histograms)
                .containsExactly(Map.of(website("a"), of(3)), Map.of(website("a"), of(5)));
        assertThat(written.calls.get(1).count()).isNotEqualTo(written.calls.get(0).count());
    }

    @Test
    void thereIsRoomForSoManyAndAgainOnceTheirHourIsOver() {
        int half = AnswerTimes.MOST / 2;
        hear(beat(1, 0, many(0, half)));
        hear(beat(2, 10, many(half, AnswerTimes.MOST + 7)));
        hear(beat(3, 3_600, answer("x", 1)));
        write();
        assertThat(written.calls).singleElement().satisfies(call -> {
            assertThat(call.histograms()).hasSize(AnswerTimes.MOST);
            assertThat(call.hour()).isEqualTo(HOUR);
        });
        hear(beat(4, 3_610, answer("x", 2)));
        write();
        assertThat(written.calls.get(1).histograms()).containsOnly(Map.entry(website("x"), of(2)));
    }

    private static Observation[] many(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> answer("t" + i, 1)).toArray(Observation[]::new);
    }
}
