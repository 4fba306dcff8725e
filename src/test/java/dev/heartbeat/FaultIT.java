package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heartbeat.KillPoints.Death;
import dev.heartbeat.KillPoints.Point;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.HeartbeatWriter;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.Relay;
import dev.heartbeat.services.Zone;

/** What is lost, doubled or put in the wrong order when a subscriber, its broker or its Redis dies under load? Nothing. */
class FaultIT {
    private static final long SEED = 20261121;
    private static final int TIMES_EACH = Faults.times(1, 5);
    private static final int RESTARTS = Faults.times(1, 5);
    private static final int SOME = 150;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    @TempDir
    Path folder;
    private Zone zone;

    @BeforeEach
    void open() throws Exception {
        zone = Zone.of(RabbitServer.shared(), folder).declare().with("STALE_AFTER", "10m")
                .with("REDIS_OUTBOX_LENGTH", 1_000_000).with("RABBITMQ_FIRST_RETRY", "200ms")
                .with("RABBITMQ_LONGEST_RETRY", "1s");
    }

    @AfterEach
    void close() {
        zone.close();
    }

    @Test
    @Tag(Faults.TAG)
    void aSubscriberThatIsKilledWhileItWorksLosesNothingAndDoublesNothing() throws Exception {
        KillPoints kill = new KillPoints();
        List<Program> programs = new ArrayList<>();
        long interrupted = 0;
        try (Relay toBroker = Relay.to(zone.broker().port(), kill::receiving);
                Relay toRedis = Relay.to(zone.redis().port(), kill::writing);
                Load load = Load.start(zone, 3, SEED)) {
            Random chance = new Random(SEED);
            for (Point point : points(chance, Point.RECEIVING, Point.WRITING, Point.WRITTEN, Point.ACKNOWLEDGING)) {
                Program subscriber = zone.subscriber("RABBITMQ_PORT", String.valueOf(toBroker.port()), "REDIS_PORT",
                        String.valueOf(toRedis.port()));
                programs.add(subscriber);
                kill.arm(subscriber, point, 1 + chance.nextInt(point == Point.RECEIVING ? 150 : 6));
                kill.await();
                interrupted += zone.keys().unannounced();
            }
            Ledger ledger = load.end();
            programs.add(zone.subscriber());
            assertKept(zone, ledger, programs, interrupted);
        }
        for (Point point : List.of(Point.RECEIVING, Point.WRITING, Point.WRITTEN, Point.ACKNOWLEDGING)) {
            assertThat(kill.deaths()).filteredOn(death -> death.point() == point).hasSize(TIMES_EACH);
        }
        assertThat(kill.deaths()).as("some died in the middle of a batch").extracting(Death::unsettled)
                .anyMatch(unsettled -> unsettled > 1);
    }

    private static List<Point> points(Random chance, Point... points) {
        List<Point> all = new ArrayList<>();
        for (Point point : points) {
            all.addAll(Collections.nCopies(TIMES_EACH, point));
        }
        Collections.shuffle(all, chance);
        return all;
    }

    @Test
    @Tag(Faults.TAG)
    void restartsOfBrokerAndRedisUnderLoadLoseNothingAndDoubleNothing() throws Exception {
        RabbitServer broker = RabbitServer.own();
        try (Zone fragile = Zone.of(broker, folder).declare().with("STALE_AFTER", "10m")
                .with("RABBITMQ_FIRST_RETRY", "200ms").with("RABBITMQ_LONGEST_RETRY", "1s");
                Load load = Load.start(fragile, 3, SEED)) {
            Program subscriber = fragile.subscriber().untilReady();
            long interrupted = 0;
            for (int i = 0; i < RESTARTS; i++) {
                load.more(SOME);
                fragile.redis().restart();
                interrupted += fragile.keys().unannounced();
                load.more(SOME);
                broker.restart();
            }
            load.more(SOME);
            assertKept(fragile, load.end(), List.of(subscriber), interrupted);
        }
    }

    /** The former history of a target that is known, all of it flapping, and of one that is not. */
    @Test
    void aThousandOldHeartbeatsAndALiveOneGiveTheLiveStateAndNoNews() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Program first = zone.subscriber().untilReady();
        zone.publish(heartbeat("1-known", 1, now, "known", Outcome.UP));
        first.untilHealth("host", "known", "UP");
        assertThat(first.stop()).isZero();
        for (int i = 0; i < 1000; i++) {
            Outcome outcome = i % 2 == 0 ? Outcome.down(Reason.UNREACHABLE, "long ago") : Outcome.UP;
            Instant old = now.minus(Duration.ofHours(3)).plusSeconds(i);
            zone.send(heartbeat("0-known", i, old, "known", outcome));
            zone.send(heartbeat("0-other", i, old, "other", outcome));
        }
        zone.publish(heartbeat("1-known", 2, now.plusMillis(1), "known", Outcome.UP));
        zone.publish(heartbeat("1-other", 1, now.plusMillis(1), "other", Outcome.UP));
        Program second = zone.subscriber();
        second.untilHealth("source-other", "host", "other", "UP");
        assertThat(second.stop()).isZero();
        assertThat(zone.waiting()).isZero();
        assertThat(zone.keys().transitions()).isEmpty();
        assertThat(second.log(" of source-")).isEmpty();
        assertThat(zone.keys().phKeys()).containsOnlyKeys("service:known:ok", "service:other:ok");
    }

    private static byte[] heartbeat(String boot, long sequence, Instant at, String name, Outcome outcome) {
        return HeartbeatWriter
                .write(new Heartbeat("source-" + name, boot, sequence, at, Duration.ofSeconds(1), 1, 1, null, null,
                        List.of(new Observation(new Target(Kind.HOST, name), outcome, at))));
    }

    @Test
    void twoSubscribersAnnounceEachTransitionOnceAndAgreeInTheEnd() throws Exception {
        zone.with("STALE_AFTER", "30s");
        List<Program> both = List.of(zone.subscriber().untilReady(), zone.subscriber().untilReady());
        try (Load load = Load.start(zone, 2, SEED)) {
            load.more(SOME);
            Ledger ledger = load.end();
            for (Program each : both) {
                each.untilStatus(status -> Ledger.health(status).equals(ledger.newest()));
                assertThat(each.log(" of source-")).as("each has its share").isNotEmpty();
            }
            assertThat(zone.keys().phKeys()).containsOnlyKeys(ledger.keys());
            for (Program each : both) {
                each.untilStatus(status -> status.path("targets").size() == ledger.newest().size()
                        && Set.of(Health.STALE).equals(Set.copyOf(Ledger.health(status).values())));
            }
            List<JsonNode> transitions = zone.keys().transitions();
            assertThat(transitions).filteredOn(step -> step.has("target") && step.path("to").asText().equals("STALE"))
                    .as("silence is judged once").hasSameSizeAs(ledger.newest().keySet());
            List<JsonNode> news = transitions.stream().filter(step -> step.has("target") && !step.has("telling")).toList();
            Awaitility.await("all is announced").atMost(PATIENCE)
                    .until(() -> Ledger.announcements(both).size() >= news.size() && zone.keys().unannounced() == 0);
            assertThat(Ledger.announcements(both)).doesNotHaveDuplicates().hasSameSizeAs(news);
            assertThat(both.stream().flatMap(each -> each.log(" silent since ").stream()))
                    .as("one line for each silent source").hasSize(2);
        }
        both.forEach(each -> assertThat(each.stop()).isZero());
        assertThat(zone.waiting()).isZero();
    }

    /**
     * The last program knows the newest of everything; the outbox has every transition once; each was announced, and none again
     * but those whose announcement a death had interrupted; nothing is left in the queue.
     */
    private static void assertKept(Zone zone, Ledger ledger, List<Program> programs, long interrupted) throws Exception {
        Program last = programs.get(programs.size() - 1);
        last.untilStatus(status -> Ledger.health(status).equals(ledger.newest()));
        assertThat(Ledger.transitions(zone.keys().transitions())).isEqualTo(ledger.transitions());
        assertThat(zone.keys().phKeys()).containsOnlyKeys(ledger.keys());
        long transitions = ledger.transitions().values().stream().mapToLong(List::size).sum();
        Awaitility.await("all is announced").atMost(PATIENCE).until(() -> zone.keys().unannounced() == 0
                && Ledger.announcements(programs).stream().distinct().count() == transitions);
        assertThat(Ledger.announcements(programs).size() - transitions).isBetween(0L, interrupted);
        assertThat(last.stop()).isZero();
        assertThat(zone.waiting()).as("all is acknowledged").isZero();
    }
}
