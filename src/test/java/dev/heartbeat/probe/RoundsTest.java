package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.HostSpec;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Pace;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Spec;
import dev.heartbeat.model.Target;
import dev.heartbeat.transport.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Which entries of the targets file are asked in which rounds? */
class RoundsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant NOW = Instant.parse("2024-11-11T13:40:17.250Z");

    private final Vertx vertx = Vertx.vertx();
    private final List<Rounds.Found> told = new CopyOnWriteArrayList<>();
    private final List<Long> at = new CopyOnWriteArrayList<>();
    private final Rounds rounds = new Rounds(List.of(new Asker<>(WordSpec.class), new Asker<>(HostSpec.class)), vertx,
            () -> NOW, new SimpleMeterRegistry(), Traces.OFF);

    @AfterEach
    void close() {
        await().until(vertx.close()::isComplete);
    }

    @Test
    void entriesOfAllKindsAreAskedInOneRoundAndToldInTheOrderOfTheFile() {
        start(host("1", null), new WordSpec("2"), host("3", null), new WordSpec("4"));

        await().until(() -> told.size() == 1);
        assertThat(names(told.get(0))).containsExactly("1", "2", "3", "4");
        assertThat(told.get(0).interval()).isEqualTo(HOUR);
    }

    @Test
    void observationsBearTheTimeOfTheClock() {
        start(host("1", null));

        await().until(() -> told.size() == 1);
        assertThat(told.get(0).observations().get(0).at()).isEqualTo(NOW);
    }

    @Test
    void aTargetOfSeveralEntriesIsToldOnce() {
        start(host("1", null), host("2", null), host("1", null));

        await().until(() -> told.size() == 1);
        assertThat(names(told.get(0))).containsExactly("1", "2");
    }

    @Test
    void entriesWithAnIntervalOfTheirOwnHaveRoundsOfTheirOwnWhichBeginApart() {
        long start = System.nanoTime();
        start(host("slow", HOUR.multipliedBy(2)), host("usual", null), host("also usual", HOUR));

        await().until(() -> told.size() == 2);
        assertThat(names(told.get(0))).containsExactly("usual", "also usual");
        assertThat(names(told.get(1))).containsExactly("slow");
        assertThat(told.get(1).interval()).isEqualTo(HOUR.multipliedBy(2));
        assertThat(at.get(1) - start).isGreaterThan(Duration.ofMillis(100).toNanos());
    }

    @Test
    void anEntryThatNoProbeAsksForIsUnknown() {
        start(host("1", null), new StrangeSpec());

        await().until(() -> told.size() == 1);
        assertThat(names(told.get(0))).containsExactly("1", "stranger");
        assertThat(told.get(0).observations().get(1).outcome().reason()).isEqualTo(Reason.NOT_ASKED);
    }

    @Test
    void stoppingEndsAllGroups() {
        start(host("slow", HOUR.multipliedBy(2)), host("usual", null));

        CompletableFuture<Void> stopped = rounds.stop().subscribeAsCompletionStage();

        await().until(stopped::isDone);
        assertThat(stopped).isCompleted();
    }

    @Test
    void askedOnceAllAnswerTogetherWhateverTheirIntervalsAndNothingFollows() {
        List<Observation> found = rounds
                .once(List.of(host("slow", HOUR.multipliedBy(2)), new WordSpec("2"), host("usual", null), new StrangeSpec()),
                        HOUR)
                .await().atMost(Duration.ofSeconds(20));

        assertThat(found.stream().map(seen -> seen.target().name())).containsExactly("slow", "2", "usual", "stranger");
        assertThat(found.get(3).outcome().reason()).isEqualTo(Reason.NOT_ASKED);
        assertThat(told).isEmpty();
    }

    @Test
    void askedOnceNobodyIsWaitedForLongerThanItsTimeout() {
        FakeCheck mute = new FakeCheck("mute").timeout(Duration.ofMillis(80));
        Rounds waiting = new Rounds(List.of(new Mute(mute)), vertx, () -> NOW, new SimpleMeterRegistry(), Traces.OFF);

        List<Observation> found = waiting.once(List.of(host("mute", null)), HOUR).await().atMost(Duration.ofSeconds(20));

        assertThat(found).singleElement().satisfies(seen -> assertThat(seen.outcome().reason()).isEqualTo(Reason.TIMED_OUT));
    }

    @Test
    void whatWasNeverStartedStopsAtOnce() {
        assertThat(rounds.stop().subscribeAsCompletionStage()).isCompleted();
    }

    private void start(Spec... specs) {
        rounds.start(List.of(specs), HOUR, found -> {
            at.add(System.nanoTime());
            told.add(found);
            return Uni.createFrom().voidItem();
        });
    }

    private static List<String> names(Rounds.Found found) {
        return found.observations().stream().map(seen -> seen.target().name()).toList();
    }

    private static HostSpec host(String name, Duration interval) {
        return new HostSpec(name, "localhost", 1, new Pace(interval, Pace.DEFAULT_TIMEOUT, 0));
    }

    private record WordSpec(String name) implements Spec {
        @Override
        public Set<Target> targets() {
            return Set.of(new Target(Kind.HOST, name));
        }

        @Override
        public Pace pace() {
            return Pace.DEFAULT;
        }
    }

    private record StrangeSpec() implements Spec {
        @Override
        public Set<Target> targets() {
            return Set.of(new Target(Kind.QUEUE, "stranger"));
        }

        @Override
        public Pace pace() {
            return Pace.DEFAULT;
        }
    }

    /** Has one check, whatever is asked. */
    private record Mute(FakeCheck check) implements Probe<HostSpec> {
        @Override
        public Class<HostSpec> spec() {
            return HostSpec.class;
        }

        @Override
        public int concurrency() {
            return 1;
        }

        @Override
        public List<Check> checks(List<HostSpec> specs) {
            return List.of(check);
        }
    }

    /** Finds every entry of one kind up. */
    private record Asker<S extends Spec>(Class<S> spec) implements Probe<S> {
        @Override
        public int concurrency() {
            return 10;
        }

        @Override
        public List<Check> checks(List<S> specs) {
            return specs.stream().flatMap(spec -> spec.targets().stream())
                    .<Check> map(target -> new FakeCheck(target.name()).up()).toList();
        }
    }
}
