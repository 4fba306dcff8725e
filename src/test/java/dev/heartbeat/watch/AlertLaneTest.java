package dev.heartbeat.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.AlertRules;
import dev.heartbeat.model.Change;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Maintenance;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.StateCodec;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;
import dev.heartbeat.model.Telling;
import dev.heartbeat.model.Transition;
import dev.heartbeat.services.Hook;
import dev.heartbeat.store.MemoryStore;
import dev.heartbeat.store.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Is a receiver told everything once, in order, whatever it and we go through? Turns are taken by hand, time is ours. */
class AlertLaneTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Logger LOG = Logger.getLogger("dev.heartbeat.alerts");

    private final Vertx vertx = Vertx.vertx();
    private final MemoryStore store = new MemoryStore();
    private final Hook hook = Hook.open();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> log = new ArrayList<>();
    private final Handler listener = new Listener();
    private AlertRules rules = new AlertRules(Maintenance.none(), null);
    private Instant now = BEGIN;

    private final class Listener extends Handler {
        @Override
        public synchronized void publish(LogRecord line) {
            if (line.getLevel().intValue() >= java.util.logging.Level.INFO.intValue()) {
                log.add(line.getLevel() + " " + new java.util.logging.SimpleFormatter().formatMessage(line));
            }
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    }

    @BeforeEach
    void listen() {
        LOG.addHandler(listener);
    }

    @AfterEach
    void close() {
        LOG.removeHandler(listener);
        hook.close();
        vertx.close();
    }

    private AlertLane lane(String path) {
        return lane(hook, path, store.outbox(), TIMEOUT);
    }

    private AlertLane lane(Hook to, String path, Outbox outbox, Duration timeout) {
        Receiver receiver = new CountedReceiver(new WebhookReceiver(URI.create(to.url() + path), new Post(vertx, timeout)),
                registry);
        return new AlertLane(receiver, outbox, store::refresh, new AlertTerms(rules, timeout, Duration.ofHours(24)),
                () -> now);
    }

    private static void turn(AlertLane lane) {
        lane.turn().subscribe().asCompletionStage().join();
    }

    private AlertLane begun(String path) {
        AlertLane lane = lane(path);
        turn(lane);
        return lane;
    }

    private void happens(String name, Health from, Health to) {
        happens(List.of(new Transition("zone-7", new Target(Kind.HOST, name), from, to, now, Reason.TIMED_OUT, null)));
    }

    private void happens(List<Transition> transitions) {
        happens(transitions, Map.of());
    }

    private void happens(List<Transition> transitions, Map<Target, Health> targets) {
        Map<Target, TargetState> known = new HashMap<>();
        targets.forEach((target, health) -> known.put(target, StateCodec.state(
                "{\"health\":\"" + health + "\",\"since\":\"" + now + "\"}")));
        SourceState unheard = SourceState.unheard("zone-7");
        SourceState next = new SourceState("zone-7", 1, unheard.speaker(), Map.of(), null, null, List.of(), known);
        store.update("zone-7", state -> new Change(state, next, Set.of(), Map.of(), Set.of(), transitions))
                .subscribe().asCompletionStage().join();
    }

    private List<String> accepted() {
        return hook.accepted().stream().map(key -> key.replaceFirst("^\\d+-", "")).toList();
    }

    private List<String> accepted(String path) {
        return hook.calls().stream().filter(call -> call.path().equals(path)).map(call -> call.key().replaceFirst("^\\d+-", ""))
                .toList();
    }

    @Test
    void tellsEachPieceOfNewsOnceWithItsResolve() {
        AlertLane lane = begun("/");
        happens("db", Health.UP, Health.DOWN);
        turn(lane);
        happens("db", Health.DOWN, Health.UP);
        turn(lane);
        turn(lane);
        assertThat(accepted()).containsExactly("1/firing", "1/resolved");
        assertThat(hook.calls()).allMatch(call -> call.type().equals("application/json"));
        assertThat(hook.calls().get(0).body()).contains("\"summary\":\"host db of zone-7 is DOWN\"");
        assertThat(log).isEmpty();
    }

    @Test
    void aNewReceiverIsNotToldWhatHappenedBefore() {
        happens("old", Health.UP, Health.DOWN);
        AlertLane lane = begun("/");
        happens("db", Health.UP, Health.DOWN);
        turn(lane);
        assertThat(accepted()).containsExactly("2/firing");
    }

    @Test
    void whileItFailsItIsTriedLessAndLessOftenAndThenToldAllInOrder() {
        AlertLane lane = begun("/");
        hook.answers(500);
        happens("db", Health.UP, Health.DOWN);
        IntStream.range(0, 300).forEach(second -> {
            turn(lane);
            now = now.plusSeconds(1);
        });
        assertThat(hook.calls()).hasSizeBetween(8, 11).allMatch(call -> call.key().endsWith("-1/firing"));
        happens("db", Health.DOWN, Health.UP);
        turn(lane);
        hook.answers(204);
        now = now.plus(Duration.ofMinutes(5));
        turn(lane);
        assertThat(accepted()).containsExactly("1/firing", "1/resolved");
        assertThat(log).hasSize(2);
        assertThat(log.get(0)).isEqualTo("WARN webhook " + hook.url()
                + " takes no alerts: it answers 500; they wait, and it is tried again for PT24H");
        assertThat(log.get(1)).isEqualTo("INFO webhook " + hook.url() + " takes alerts again");
    }

    @Test
    void aRedirectIsNotFollowed() {
        AlertLane lane = begun("/");
        hook.answers(302);
        happens("db", Health.UP, Health.DOWN);
        turn(lane);
        assertThat(hook.calls()).singleElement().satisfies(call -> assertThat(call.path()).isEqualTo("/"));
        assertThat(log).singleElement().asString().contains("it answers 302, and redirects are not followed");
    }

    @Test
    void whoeverHangsIsGivenUpAfterTheTimeoutAndDelaysNobodyElse() {
        AlertLane patient = begun("/");
        AlertLane hasty = lane(hook, "/hasty", store.outbox(), SHORT);
        turn(hasty);
        happens("db", Health.UP, Health.DOWN);
        hook.hangs();
        CompletableFuture<Void> slow = patient.turn().subscribe().asCompletionStage();
        try (Hook other = Hook.open()) {
            AlertLane quick = lane(other, "/", store.outbox(), TIMEOUT);
            turn(quick);
            happens("web", Health.UP, Health.DOWN);
            turn(quick);
            assertThat(other.accepted()).hasSize(1);
        }
        turn(hasty);
        assertThat(log).singleElement().asString().contains("takes no alerts: no answer within PT0.5S");
        assertThat(slow).isNotDone();
        hook.recovers();
        slow.join();
        turn(patient);
        assertThat(accepted("/")).containsExactly("1/firing", "2/firing");
    }

    @Test
    void nobodyListeningIsAReasonInWords() {
        AlertLane lane = begun("/s3cret?token=s3cret");
        hook.close();
        happens("db", Health.UP, Health.DOWN);
        turn(lane);
        assertThat(log).singleElement().asString()
                .startsWith("WARN webhook " + hook.url() + " takes no alerts: Connection refused")
                .doesNotContain("s3cret");
    }

    @Test
    void anAlertThatNobodyAcceptedForADayIsGivenUp() {
        AlertLane lane = begun("/");
        hook.answers(500);
        happens("db", Health.UP, Health.DOWN);
        turn(lane);
        now = now.plus(Duration.ofHours(25));
        turn(lane);
        hook.answers(200);
        now = now.plus(Duration.ofHours(1));
        turn(lane);
        assertThat(accepted()).isEmpty();
        assertThat(log).filteredOn(line -> line.contains("given up")).singleElement().asString()
                .isEqualTo("WARN 1 alerts to webhook " + hook.url() + " are given up after PT24H in vain; the first: host db of"
                        + " zone-7 is DOWN");
    }

    @Test
    void whatIsAcceptedRefusedAndGivenUpIsCounted() {
        AlertLane lane = begun("/");
        happens("db", Health.UP, Health.DOWN);
        turn(lane);
        assertThat(counted("sent", "failed", "given.up")).containsExactly(1.0, 0.0, 0.0);
        hook.answers(500);
        happens("db", Health.DOWN, Health.UP);
        turn(lane);
        assertThat(counted("sent", "failed", "given.up")).containsExactly(1.0, 1.0, 0.0);
        now = now.plus(Duration.ofHours(25));
        turn(lane);
        assertThat(counted("sent", "given.up")).containsExactly(1.0, 1.0);
    }

    private List<Double> counted(String... what) {
        return Stream.of(what).map(name -> registry.get("heartbeat.alerts." + name).tag("receiver", "webhook").counter()
                .count()).toList();
    }

    @Test
    void onlyOneOfTwoProcessesTells() {
        AlertLane one = begun("/");
        AlertLane two = begun("/");
        happens("db", Health.UP, Health.DOWN);
        turn(two);
        turn(one);
        turn(two);
        assertThat(accepted()).containsExactly("1/firing");
    }

    @Test
    void whoEndsGivesThePlaceBackAndTheOtherGoesOnAtOnce() {
        AlertLane one = begun("/");
        happens("db", Health.UP, Health.DOWN);
        turn(one);
        one.stop().subscribe().asCompletionStage().join();
        happens("db", Health.DOWN, Health.UP);
        turn(one);
        AlertLane two = begun("/");
        turn(two);
        assertThat(accepted()).containsExactly("1/firing", "1/resolved");
    }

    @Test
    void whoEndsInTheMiddleOfATellingFinishesIt() {
        AlertLane lane = begun("/");
        happens("db", Health.UP, Health.DOWN);
        happens("web", Health.UP, Health.DOWN);
        hook.hangs();
        CompletableFuture<Void> turn = lane.turn().subscribe().asCompletionStage();
        Awaitility.await().until(() -> hook.hung() == 1);
        CompletableFuture<Void> stopped = lane.stop().subscribe().asCompletionStage();
        hook.recovers();
        stopped.join();
        turn.join();
        assertThat(accepted()).containsExactly("1/firing");
        turn(lane("/"));
        assertThat(accepted()).containsExactly("1/firing", "2/firing");
    }

    /** As if it had been killed after the call and before it was noted: what was read was kept, what was told was not. */
    @Test
    void whatACrashLeftUnsaidIsToldByWhoComesNext() {
        MortalOutbox mortal = new MortalOutbox(store.outbox());
        AlertLane dying = lane(hook, "/", mortal, TIMEOUT);
        turn(dying);
        happens("db", Health.UP, Health.DOWN);
        happens("web", Health.UP, Health.DOWN);
        mortal.diesAfterKeeping(1);
        dying.turn().subscribe().asCompletionStage().handle((done, failure) -> done).join();
        assertThat(accepted()).containsExactly("1/firing");
        mortal.leaseEnds();
        AlertLane next = lane("/");
        turn(next);
        assertThat(accepted()).containsExactly("1/firing", "1/firing", "2/firing");
        happens("db", Health.DOWN, Health.UP);
        turn(next);
        assertThat(accepted()).endsWith("1/resolved");
    }

    @Test
    void whileTheStoreIsAwayNothingIsToldTwice() {
        MortalOutbox mortal = new MortalOutbox(store.outbox());
        AlertLane lane = lane(hook, "/", mortal, TIMEOUT);
        turn(lane);
        happens("db", Health.UP, Health.DOWN);
        mortal.diesAfterKeeping(1);
        lane.turn().subscribe().asCompletionStage().handle((done, failure) -> done).join();
        lane.turn().subscribe().asCompletionStage().handle((done, failure) -> done).join();
        mortal.livesAgain();
        turn(lane);
        turn(lane);
        assertThat(accepted()).containsExactly("1/firing");
    }

    @Test
    void thousandsAreToldOneAfterTheOther() {
        AlertLane lane = begun("/");
        happens(IntStream.range(0, 1_200).mapToObj(i -> new Transition("zone-7", new Target(Kind.HOST, "h" + i), Health.UP,
                Health.DOWN, now, Reason.TIMED_OUT, null)).toList());
        turn(lane);
        assertThat(accepted()).hasSize(1_200).doesNotHaveDuplicates().startsWith("1/firing").endsWith("1200/firing");
    }

    @Test
    void aMassChangeAcrossPagesIsOneAlert() {
        AlertLane lane = begun("/");
        List<Transition> transitions = new ArrayList<>(List.of(mass(null, Telling.NEWS)));
        IntStream.range(0, 2_000).forEach(i -> transitions.add(mass(new Target(Kind.HOST, "h" + i), Telling.PART)));
        happens(transitions);
        turn(lane);
        assertThat(accepted()).containsExactly("1/firing");
    }

    private Transition mass(Target target, Telling telling) {
        return new Transition("zone-7", target, Health.UP, Health.DOWN, now, Reason.MANY, "many", null, telling);
    }

    /** Two targets are down, and one of them is up again when nobody can read any more that it was. */
    @Test
    void whatTheOutboxNoLongerKeepsIsLearntFromTheStates() {
        AlertLane lane = begun("/");
        happens("db", Health.UP, Health.DOWN);
        happens("web", Health.UP, Health.DOWN);
        turn(lane);
        happens(IntStream.range(0, 5_001).boxed().flatMap(i -> Stream.of(flip(Health.UP, Health.DOWN), flip(Health.DOWN,
                Health.UP))).toList(),
                Map.of(new Target(Kind.HOST, "db"), Health.DOWN, new Target(Kind.HOST, "new"), Health.DOWN,
                        new Target(Kind.HOST, "web"), Health.UP, new Target(Kind.HOST, "flips"), Health.UP));
        hook.clear();
        turn(lane);
        turn(lane);
        assertThat(hook.calls()).extracting(Hook.Call::body).filteredOn(body -> !body.contains("\"flips\""))
                .extracting(body -> body.replaceAll(".*\"summary\":\"([^\"]*)\".*", "$1"))
                .containsExactlyInAnyOrder("host web of zone-7 is UP again after 0s", "host new of zone-7 is DOWN");
        assertThat(log).filteredOn(line -> line.contains("was not told of everything")).hasSize(1);
    }

    private Transition flip(Health from, Health to) {
        return new Transition("zone-7", new Target(Kind.HOST, "flips"), from, to, now, Reason.TIMED_OUT, null);
    }

    @Test
    void remindsAndKeepsQuietInMaintenance() {
        rules = new AlertRules(Maintenance.of("* 03:00-05:00", ZoneId.of("UTC")), Duration.ofHours(1));
        AlertLane lane = begun("/");
        happens("db", Health.UP, Health.DOWN);
        for (int hour = 0; hour <= 5; hour++) {
            turn(lane);
            now = now.plus(Duration.ofHours(1));
        }
        assertThat(accepted()).extracting(key -> key.split("/")[1]).containsExactly("firing", "reminder", "reminder",
                "reminder");
    }

    @Test
    void theKeyInTheStoreTellsNothingOfTheAddress() {
        assertThat(AlertPlace.reader("webhook https://hooks.example.org/s3cret")).matches("alerts:[0-9a-f]{12}")
                .isNotEqualTo(AlertPlace.reader("webhook https://hooks.example.org/s3cret2"));
    }

    @Test
    void aUserInTheAddressIsBasicAuthentication() {
        URI url = URI.create(hook.url().replace("//", "//me:p%40ss%2B+@") + "/x?y=1");
        new Post(vertx, TIMEOUT).send(url, "{}", "1-1/firing").subscribe().asCompletionStage().join();
        assertThat(hook.calls()).singleElement().satisfies(call -> {
            assertThat(call.path()).isEqualTo("/x?y=1");
            assertThat(new String(java.util.Base64.getDecoder().decode(call.authorization().substring(6))))
                    .isEqualTo("me:p@ss++");
        });
        assertThat(Post.shown(url)).isEqualTo(hook.url());
    }

    /** An outbox whose process dies: nothing is kept, and nothing answers, until it lives again. */
    private static final class MortalOutbox implements Outbox {
        private final Outbox real;
        private int keepsLeft = Integer.MAX_VALUE;
        private Place held;

        MortalOutbox(Outbox real) {
            this.real = real;
        }

        void diesAfterKeeping(int times) {
            keepsLeft = times;
        }

        void livesAgain() {
            keepsLeft = Integer.MAX_VALUE;
        }

        /** The store lets go of what the dead process held, with what it had kept. */
        void leaseEnds() {
            real.keep(held, Duration.ZERO).subscribe().asCompletionStage().join();
        }

        @Override
        public Uni<String> newest() {
            return real.newest();
        }

        @Override
        public Uni<List<Entry>> after(String id, int most) {
            return keepsLeft > 0 ? real.after(id, most) : Uni.createFrom().failure(new IllegalStateException("away"));
        }

        @Override
        public Uni<List<Entry>> kept(String source, String before, int most) {
            return real.kept(source, before, most);
        }

        @Override
        public Uni<Boolean> isComplete(String position) {
            return real.isComplete(position);
        }

        @Override
        public Uni<Place> claim(String reader, Duration lease) {
            return real.claim(reader, lease);
        }

        @Override
        public Uni<Boolean> keep(Place place, Duration lease) {
            if (keepsLeft-- <= 0) {
                keepsLeft = 0;
                return Uni.createFrom().failure(new IllegalStateException("away"));
            }
            return real.keep(place, lease).invoke(kept -> held = place);
        }
    }
}
