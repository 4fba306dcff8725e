package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.HostSpec;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Pace;
import dev.heartbeat.model.Spec;
import dev.heartbeat.transport.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** What becomes of rounds when other targets are to be asked than until now? */
class RoundsFollowTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration OFTEN = Duration.ofMillis(40);
    private static final int UNMAKABLE = 7;
    private static final int MUTE = 9;

    private final Vertx vertx = Vertx.vertx();
    private final List<Question> asked = new CopyOnWriteArrayList<>();
    private final List<Rounds.Found> told = new CopyOnWriteArrayList<>();
    private final Rounds rounds = new Rounds(List.of(new Asker()), vertx, InstantSource.system(),
            new SimpleMeterRegistry(), Traces.OFF);

    private record Question(String name, int port, long at) {
    }

    /** Finds all up; except that one port never answers, and that for one port no check can be made. */
    private final class Asker implements Probe<HostSpec> {
        @Override
        public Class<HostSpec> spec() {
            return HostSpec.class;
        }

        @Override
        public int concurrency() {
            return 10;
        }

        @Override
        public List<Check> checks(List<HostSpec> specs) {
            return specs.stream().<Check> map(this::check).toList();
        }

        private Check check(HostSpec spec) {
            if (spec.port() == UNMAKABLE) {
                throw new IllegalStateException("no such check");
            }
            FakeCheck check = new FakeCheck(spec.name()).timeout(HOUR);
            return check.answering(() -> {
                asked.add(new Question(spec.name(), spec.port(), System.nanoTime()));
                return spec.port() == MUTE ? Uni.createFrom().nothing()
                        : Uni.createFrom().item(Finding.ofAll(check, Outcome.UP));
            });
        }
    }

    @AfterEach
    void close() {
        await().until(vertx.close()::isComplete);
    }

    private static HostSpec host(String name, int port, Duration interval) {
        return new HostSpec(name, "localhost", port, new Pace(interval, Pace.DEFAULT_TIMEOUT, 0));
    }

    private void start(Spec... specs) {
        rounds.start(List.of(specs), HOUR, this::tell);
        await().until(() -> asked.stream().map(Question::name).distinct().count() == specs.length);
    }

    private void follow(Spec... specs) {
        rounds.follow(List.of(specs), this::tell).run();
    }

    private Uni<Void> tell(Rounds.Found found) {
        told.add(found);
        return Uni.createFrom().voidItem();
    }

    private List<Question> asked(String name) {
        return asked.stream().filter(question -> question.name().equals(name)).toList();
    }

    private Stream<Rounds.Found> firsts() {
        return told.stream().filter(Rounds.Found::first);
    }

    private static List<String> names(Rounds.Found found) {
        return found.observations().stream().map(seen -> seen.target().name()).toList();
    }

    private void passTenTicks() {
        long start = System.nanoTime();
        await().until(() -> System.nanoTime() - start > OFTEN.toNanos() * 10);
    }

    @Test
    void whatStaysIsAskedAtItsTicksAndAtNoOtherTime() {
        long start = System.nanoTime();
        start(host("stays", 1, OFTEN));
        for (int port = 2; port < 6; port++) {
            int port2 = port;
            int before = asked("stays").size();
            follow(host("stays", 1, OFTEN), host("new" + port, 1, OFTEN), host("changed", port, OFTEN), host("x", 1, HOUR));
            await().until(() -> asked("stays").size() >= before + 3 && !asked("new" + port2).isEmpty());
        }

        List<Question> stays = asked("stays");
        IntStream.range(0, stays.size()).forEach(
                tick -> assertThat(stays.get(tick).at() - start).isGreaterThanOrEqualTo(tick * OFTEN.toNanos()));
    }

    @Test
    void whatIsNewIsAskedAtOnceAndAlone() {
        start(host("stays", 1, null));
        await().until(() -> told.size() == 1);

        follow(host("stays", 1, null), host("new", 1, null));

        await().until(() -> told.size() == 2);
        assertThat(told.get(1).first()).isTrue();
        assertThat(told.get(1).interval()).isEqualTo(HOUR);
        assertThat(names(told.get(1))).containsExactly("new");
        assertThat(asked("stays")).hasSize(1);
    }

    @Test
    void whatHasAnIntervalThatNobodyHadBeginsItsOwnRounds() {
        start(host("stays", 1, null));

        follow(host("stays", 1, null), host("new", 1, OFTEN));

        await().until(() -> asked("new").size() >= 3);
        assertThat(firsts()).isEmpty();
    }

    @Test
    void whatIsRemovedIsAskedNoMore() {
        start(host("stays", 1, OFTEN), host("leaves", 1, OFTEN));
        follow(host("stays", 1, OFTEN));
        await().until(() -> asked("stays").size() >= 3);
        int last = asked("leaves").size();

        passTenTicks();

        assertThat(asked("leaves")).hasSizeLessThanOrEqualTo(last);
        await().untilAsserted(() -> assertThat(asked("stays")).hasSizeGreaterThan(5));
    }

    @Test
    void anIntervalThatNobodyHasAnyMoreHasNoRounds() {
        start(host("stays", 1, null), host("leaves", 1, OFTEN));
        follow(host("stays", 1, null));
        passTenTicks();
        int last = asked.size();

        passTenTicks();

        assertThat(asked).hasSize(last);
    }

    @Test
    void whatChangedIsAskedByItsNewSettingsFromItsNextRoundOn() {
        start(host("slow", 1, null), host("fast", 1, OFTEN));
        follow(host("slow", 2, null), host("fast", 2, OFTEN));

        await().until(() -> asked("fast").stream().filter(question -> question.port() == 2).count() >= 3);

        assertThat(asked("slow")).extracting(Question::port).containsExactly(1);
        assertThat(asked("fast")).extracting(Question::port).isSorted();
    }

    /** Its subscriber would wait for it at its old pace, and take it for silent. */
    @Test
    void whatMovesToASlowerRoundIsAskedInItAtOnce() {
        start(host("stays", 1, null), host("moves", 1, OFTEN));

        follow(host("stays", 1, null), host("moves", 1, null));

        await().until(() -> firsts().findAny().isPresent());
        assertThat(firsts().findFirst().orElseThrow().interval()).isEqualTo(HOUR);
        assertThat(names(firsts().findFirst().orElseThrow())).containsExactly("moves");
        assertThat(asked("stays")).hasSize(1);
    }

    /** Else the second of them would be a heartbeat in which the first is missing. */
    @Test
    void whatNoRoundHasAskedYetIsAskedAgainWithWhatIsNewerStill() {
        start(host("stays", 1, null));
        follow(host("stays", 1, null), host("new", 1, null));
        await().until(() -> firsts().count() == 1);

        follow(host("stays", 1, null), host("new", 1, null), host("newer", 1, null));

        await().until(() -> firsts().count() == 2);
        assertThat(names(firsts().toList().get(1))).containsExactlyInAnyOrder("new", "newer");
    }

    @Test
    void whatIsNewAndDoesNotAnswerIsTakenOverByTheNextRound() {
        Duration tick = Duration.ofMillis(300);
        start(host("stays", 1, tick));
        follow(host("stays", 1, tick), host("mute", MUTE, tick), host("new", 1, tick));

        await().until(() -> asked("mute").size() == 2);

        await().until(() -> firsts().count() == 1);
        assertThat(names(firsts().findFirst().orElseThrow())).containsExactly("new");
    }

    @Test
    void whatCanNotBeMadeChangesNothing() {
        start(host("stays", 1, OFTEN));

        assertThatThrownBy(() -> follow(host("stays", 2, OFTEN), host("impossible", UNMAKABLE, HOUR)))
                .hasMessage("no such check");

        int before = asked.size();
        await().until(() -> asked.size() > before + 3);
        assertThat(asked).allMatch(question -> question.port() == 1);
    }

    @Test
    void whatHasStoppedFollowsNobody() {
        start(host("stays", 1, OFTEN));
        await().until(rounds.stop().subscribeAsCompletionStage()::isDone);

        follow(host("stays", 1, OFTEN), host("new", 1, OFTEN));
        passTenTicks();

        assertThat(asked("new")).isEmpty();
    }

    @Test
    void stoppingWaitsForWhatIsAskedForTheFirstTime() {
        start(host("stays", 1, null));
        follow(host("stays", 1, null), host("new", MUTE, null), host("newer", 1, null));
        await().until(() -> !asked("new").isEmpty());

        await().atMost(Duration.ofSeconds(8)).until(rounds.stop().subscribeAsCompletionStage()::isDone);

        assertThat(names(firsts().findFirst().orElseThrow())).containsExactly("newer");
    }
}
