package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.transport.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;

/** How does a group of rounds end: with what is under way, and in time? */
class RoundGroupStopTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Vertx vertx = Vertx.vertx();
    private final Telling telling = new Telling();
    private final FakeCheck up = new FakeCheck("up").up();
    private final FakeCheck a = new FakeCheck("a").timeout(LONG);
    private final FakeCheck b = new FakeCheck("b").timeout(LONG);
    private RoundGroup group;

    @BeforeEach
    void begin() {
        Plan plan = new Plan(Duration.ZERO, List.of(), List.of(RoundBench.lane(2, up, a, b)));
        group = new RoundGroup(plan, vertx, InstantSource.system(), telling,
                new RoundMeters(new SimpleMeterRegistry()).of(Duration.ZERO), Traces.OFF);
        group.begin(Duration.ZERO);
        await().until(() -> a.tries.size() + b.tries.size() == 2);
    }

    @AfterEach
    void close() {
        await().until(vertx.close()::isComplete);
    }

    @Test
    void stoppingWaitsForWhatIsUnderWayAndUntilItIsTold() {
        CompletableFuture<Void> stopped = stop(LONG);

        a.answer(0, Outcome.UP);
        b.answer(0, Outcome.UP);
        await().until(() -> telling.emitters.size() == 1);
        assertThat(stopped).isNotDone();
        telling.emitters.get(0).complete(null);

        await().until(stopped::isDone);
        assertThat(telling.told).singleElement().matches(found -> found.observations().size() == 3);
    }

    @Test
    void whatIsUnfinishedAtTheEndIsNotReportedAndTheRestIs() {
        CompletableFuture<Void> stopped = stop(SHORT);

        await().until(stopped::isDone);
        assertThat(telling.told).singleElement()
                .matches(found -> found.observations().size() == 1 && found.observations().get(0).target().name().equals("up"));
        assertThat(a.cancelled).containsExactly(0);
    }

    @Test
    void stoppingEndsThoughTellingDoesNot() {
        a.answer(0, Outcome.UP);
        b.answer(0, Outcome.UP);
        await().until(() -> telling.emitters.size() == 1);

        CompletableFuture<Void> stopped = stop(SHORT);

        await().until(stopped::isDone);
    }

    @Test
    void stoppingWhileARoundIsToldWaitsForIt() {
        a.answer(0, Outcome.UP);
        b.answer(0, Outcome.UP);
        await().until(() -> telling.emitters.size() == 1);

        CompletableFuture<Void> stopped = stop(LONG);
        settle();
        assertThat(stopped).isNotDone();
        telling.emitters.get(0).complete(null);

        await().until(stopped::isDone);
    }

    @Test
    void noRoundBeginsAfterStopping() {
        CompletableFuture<Void> stopped = stop(SHORT);
        await().until(stopped::isDone);

        telling.emitters.get(0).complete(null);
        long end = System.nanoTime();
        await().until(() -> System.nanoTime() - end > SHORT.multipliedBy(3).toNanos());

        assertThat(a.tries.size() + b.tries.size()).isEqualTo(2);
    }

    @Test
    void whoeverStopsIsAnswered() {
        CompletableFuture<Void> first = stop(SHORT);
        CompletableFuture<Void> second = stop(LONG);

        await().until(() -> first.isDone() && second.isDone());

        CompletableFuture<Void> third = stop(LONG);
        await().until(third::isDone);
    }

    @Test
    void whoeverWaitsNoLongerEndsTheWaitOfNobodyElse() {
        CompletableFuture<Void> first = stop(LONG);

        group.stop(LONG).subscribe().with(ignored -> {
        }).cancel();
        settle();

        assertThat(first).isNotDone();
    }

    private CompletableFuture<Void> stop(Duration toEnd) {
        return group.stop(toEnd).subscribeAsCompletionStage();
    }

    /** What the group was told to do before, it has done after this: it works through it in order. */
    private void settle() {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(ignored -> turn.complete(null));
        await().until(turn::isDone);
    }
}
