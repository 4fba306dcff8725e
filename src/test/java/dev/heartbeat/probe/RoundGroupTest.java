package dev.heartbeat.probe;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.transport.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;

/** When do rounds begin, and what holds the next one back? */
class RoundGroupTest {
    private static final Duration BACK_TO_BACK = Duration.ZERO;
    private static final Duration OFTEN = Duration.ofMillis(15);
    private static final Duration SELDOM = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final List<Long> asked = new CopyOnWriteArrayList<>();
    private final List<Rounds.Found> told = new CopyOnWriteArrayList<>();
    private final FakeCheck waiting = new FakeCheck("a").timeout(SELDOM);
    private final FakeCheck instant = new FakeCheck("a");

    RoundGroupTest() {
        instant.answering(() -> {
            asked.add(System.nanoTime());
            return Uni.createFrom().item(Finding.ofAll(instant, Outcome.UP));
        });
    }

    @AfterEach
    void close() {
        await().until(vertx.close()::isComplete);
    }

    @Test
    void theFirstRoundBeginsAtOnce() {
        begin(SELDOM, instant);

        await().until(() -> told.size() == 1);
        assertThat(told.get(0).interval()).isEqualTo(SELDOM);
        assertThat(told.get(0).observations()).singleElement().matches(seen -> seen.outcome().equals(Outcome.UP));
    }

    @Test
    void noRoundBeginsBeforeItsTick() {
        long start = System.nanoTime();
        begin(OFTEN, instant);

        await().until(() -> asked.size() >= 30);
        for (int tick = 0; tick < 30; tick++) {
            assertThat(asked.get(tick) - start).isGreaterThanOrEqualTo(tick * OFTEN.toNanos());
        }
    }

    @ParameterizedTest
    @CsvSource({ "0, 1000", "1, 999", "999, 1", "1000, 1000", "1001, 999", "5300, 700", "86400000999, 1" })
    void ticksAreWholeIntervalsAfterTheFirstHoweverLongARoundTook(long sinceFirstMillis, long untilNextMillis) {
        assertThat(RoundGroup.untilNext(sinceFirstMillis * 1_000_000, Duration.ofSeconds(1)))
                .isEqualTo(untilNextMillis * 1_000_000);
    }

    @ParameterizedTest
    @ValueSource(longs = { 0, 15 })
    void aRoundThatTakesLongerIsNotOverlapped(long intervalMillis) {
        begin(Duration.ofMillis(intervalMillis), waiting);
        await().until(() -> waiting.tries.size() == 1);

        passTenTicks();
        assertThat(waiting.tries).hasSize(1);
        waiting.answer(0, Outcome.UP);

        await().until(() -> waiting.tries.size() == 2);
    }

    @Test
    void ticksThatPassMeanwhileAreCountedAndARoundThatComesAtItsTickIsHardlyLate() {
        begin(OFTEN, waiting);
        await().until(() -> waiting.tries.size() == 1);
        passTenTicks();
        waiting.answer(0, Outcome.UP);
        await().until(() -> waiting.tries.size() == 2);

        assertThat(registry.get("heartbeat.rounds.skipped").counter().count()).isBetween(9.0, 1_000.0);
        assertThat(registry.get("heartbeat.round.duration").tag("interval", "0.015").timer().max(MILLISECONDS))
                .isGreaterThan(100);
        assertThat(registry.get("heartbeat.round.lateness").timer().count()).isEqualTo(2);
        assertThat(registry.get("heartbeat.observations").tags("kind", "host", "outcome", "UP", "reason", "none").counter()
                .count()).isEqualTo(1);
    }

    /** Whoever reads the metrics keeps every name that ever was. */
    @Test
    void intervalsHaveNamesOfTheirOwnUpToABound() {
        RoundMeters meters = new RoundMeters(registry);
        for (int i = 1; i <= 30; i++) {
            meters.of(Duration.ofMillis(500L * i));
            meters.of(Duration.ofSeconds(1));
        }
        assertThat(registry.find("heartbeat.round.duration").timers()).hasSize(21);
        assertThat(registry.find("heartbeat.round.duration").tag("interval", "0.5").timer()).isNotNull();
        assertThat(registry.find("heartbeat.round.duration").tag("interval", "10").timer()).isNotNull();
        assertThat(registry.find("heartbeat.round.duration").tag("interval", "other").timer()).isNotNull();
    }

    @Test
    void roundsBackToBackHaveNoScheduleToBeLateFor() {
        begin(BACK_TO_BACK, instant);
        await().until(() -> asked.size() >= 3);

        assertThat(registry.get("heartbeat.round.lateness").timer().count()).isZero();
        assertThat(registry.get("heartbeat.rounds.skipped").counter().count()).isZero();
    }

    @Test
    void roundsBackToBackWaitUntilTheLastIsTold() {
        Telling telling = new Telling();
        begin(BACK_TO_BACK, telling, instant);
        await().until(() -> telling.emitters.size() == 1);

        passTenTicks();
        assertThat(asked).hasSize(1);
        telling.emitters.get(0).complete(null);

        await().until(() -> asked.size() == 2);
    }

    @Test
    void roundsBackToBackDoNotSpinWhenNothingTakesTime() {
        long start = System.nanoTime();
        begin(BACK_TO_BACK, instant);

        await().until(() -> asked.size() >= 20);
        assertThat(asked.get(19) - start).isGreaterThanOrEqualTo(Duration.ofMillis(190).toNanos());
    }

    @Test
    void roundsOfAnIntervalDoNotWaitForWhatCanNotBeTold() {
        begin(OFTEN, found -> Uni.createFrom().nothing(), instant);

        await().until(() -> asked.size() >= 3);
    }

    @ParameterizedTest
    @ValueSource(longs = { 0, 15 })
    void roundsGoOnThoughTellingFails(long intervalMillis) {
        begin(Duration.ofMillis(intervalMillis), found -> switch (asked.size()) {
            case 1 -> throw new IllegalStateException("broken");
            case 2 -> null;
            case 3 -> Uni.createFrom().failure(new IllegalStateException("broken"));
            default -> Uni.createFrom().voidItem();
        }, instant);

        await().until(() -> asked.size() >= 5);
    }

    @Test
    void answersOfManyThreadsAreTakenOnceEachAndAllIsAskedAndToldInOneContext() {
        Set<Object> contexts = ConcurrentHashMap.newKeySet();
        Check[] checks = IntStream.range(0, 2_000).mapToObj(i -> threaded("t" + i, contexts)).toArray(Check[]::new);

        begin(BACK_TO_BACK, found -> {
            contexts.add(String.valueOf(Vertx.currentContext()));
            told.add(found);
            return Uni.createFrom().voidItem().emitOn(Infrastructure.getDefaultWorkerPool());
        }, checks);

        await().until(() -> told.size() >= 3);
        assertThat(told).allSatisfy(found -> assertThat(found.observations()).hasSize(2_000)
                .allMatch(seen -> seen.outcome().equals(Outcome.UP)));
        assertThat(contexts).hasSize(1).doesNotContain("null");
    }

    private static FakeCheck threaded(String name, Set<Object> contexts) {
        FakeCheck check = new FakeCheck(name).timeout(SELDOM);
        return check.answering(() -> {
            contexts.add(String.valueOf(Vertx.currentContext()));
            return Uni.createFrom().item(() -> Finding.ofAll(check, Outcome.UP))
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
        });
    }

    private void begin(Duration interval, Check... checks) {
        begin(interval, found -> {
            told.add(found);
            return Uni.createFrom().voidItem();
        }, checks);
    }

    private void begin(Duration interval, Function<Rounds.Found, Uni<Void>> tell, Check... checks) {
        Plan plan = new Plan(interval, List.of(), List.of(RoundBench.lane(100, checks)));
        new RoundGroup(plan, vertx, InstantSource.system(), tell, new RoundMeters(registry).of(interval), Traces.OFF)
                .begin(Duration.ZERO);
    }

    private static void passTenTicks() {
        long start = System.nanoTime();
        await().until(() -> System.nanoTime() - start > OFTEN.toNanos() * 10);
    }
}
