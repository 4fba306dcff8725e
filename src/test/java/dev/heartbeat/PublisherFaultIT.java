package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.rabbitmq.client.GetResponse;

import dev.heartbeat.KillPoints.Point;
import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.HeartbeatReader;
import dev.heartbeat.services.Door;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.Relay;
import dev.heartbeat.services.Zone;

/** What is damaged or out of order of what a publisher says that is killed while it speaks? Nothing. */
class PublisherFaultIT {
    private static final long SEED = 20261121;
    private static final int TIMES = Faults.times(4, 20);
    private static final int LATEST = 12;
    private static final int BREAKS = Faults.times(10, 60);
    private static final int RESTARTS = Faults.times(1, 5);
    private static final int MANY = 500;
    @TempDir
    Path folder;
    private Zone zone;

    @BeforeEach
    void open() throws Exception {
        zone = Zone.of(RabbitServer.shared(), folder).declare().with("PUBLISH_INTERVAL", "50ms");
    }

    @AfterEach
    void close() {
        zone.close();
    }

    /**
     * With half of its n-th message sent, or its n-th message unconfirmed: what was before is there, once each and in order.
     */
    @Test
    @Tag(Faults.TAG)
    void aPublisherThatIsKilledWhileItSendsLeavesWholeHeartbeatsInOrder() throws Exception {
        KillPoints kill = new KillPoints();
        Random chance = new Random(SEED);
        List<Long> expected = new ArrayList<>();
        try (Door door = Door.open(); Relay relay = Relay.to(zone.broker().port(), kill::sending)) {
            String targets = "{\"heartbeat\": {\"hosts\": [{\"host\": \"127.0.0.1\", \"port\": " + door.port()
                    + ", \"name\": \"open\"}, {\"host\": \"127.0.0.1\", \"port\": 1, \"name\": \"shut\"}]}}";
            for (int i = 0; i < TIMES; i++) {
                Program publisher = zone.publisher(targets, "RABBITMQ_PORT", String.valueOf(relay.port()));
                Point point = i % 2 == 0 ? Point.SENDING : Point.CONFIRMING;
                int nth = 1 + chance.nextInt(LATEST);
                kill.arm(publisher, point, nth);
                kill.await();
                expected.add(point == Point.SENDING ? nth - 1L : nth);
            }
            Program last = zone.publisher(targets);
            last.untilStatus(status -> !status.path("targets").isEmpty());
            assertThat(last.stop()).isZero();
        }
        Map<String, List<Long>> heard = heard();
        List<List<Long>> boots = new ArrayList<>(heard.values());
        assertThat(List.copyOf(heard.keySet())).as("a later boot never comes before an earlier one").isSorted();
        for (List<Long> sequences : boots) {
            assertThat(sequences).isEqualTo(LongStream.rangeClosed(1, sequences.size()).boxed().toList());
        }
        expected.removeIf(count -> count == 0);
        assertThat(boots.subList(0, boots.size() - 1)).extracting(sequences -> (long) sequences.size())
                .containsExactlyElementsOf(expected);
    }

    /** The sequences of every boot, in the order in which they lie in the queue; a damaged message fails to be read. */
    private Map<String, List<Long>> heard() throws Exception {
        Map<String, List<Long>> heard = new LinkedHashMap<>();
        String boot = null;
        for (GetResponse next = next(zone); next != null; next = next(zone)) {
            Heartbeat heartbeat = HeartbeatReader.read(next.getBody(), Instant.now());
            assertThat(heartbeat.observations()).hasSize(2);
            assertThat(next.getProps().getMessageId()).isEqualTo(heartbeat.boot() + "/" + heartbeat.sequence());
            boolean isSame = heartbeat.boot().equals(boot);
            assertThat(isSame || !heard.containsKey(heartbeat.boot())).as("boots do not mix").isTrue();
            boot = heartbeat.boot();
            heard.computeIfAbsent(boot, key -> new ArrayList<>()).add(heartbeat.sequence());
        }
        return heard;
    }

    private static GetResponse next(Zone zone) throws Exception {
        return zone.channel().basicGet(Zone.QUEUE, true);
    }

    /**
     * The link breaks at any moment, so that whoever tells of a round and whoever loses the link meet in every way; many
     * targets
     * make the telling long.
     */
    @Test
    @Tag(Faults.TAG)
    void aLinkThatBreaksAgainAndAgainStopsNoPublisherAndPutsNothingOutOfOrder() throws Exception {
        Random chance = new Random(SEED);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (Relay relay = Relay.to(zone.broker().port(), Relay.Gates::open)) {
            String targets = IntStream.range(0, MANY)
                    .mapToObj(i -> "{\"host\": \"127.0.0.1\", \"port\": 1, \"name\": \"host-" + i + "\"}")
                    .collect(Collectors.joining(",", "{\"heartbeat\": {\"hosts\": [", "]}}"));
            Program publisher = zone.publisher(targets, "PUBLISH_INTERVAL", "50ms", "RABBITMQ_PORT",
                    String.valueOf(relay.port()), "RABBITMQ_FIRST_RETRY", "20ms", "RABBITMQ_LONGEST_RETRY", "40ms",
                    "PUBLISH_BUFFER_COUNT", "100000", "PUBLISH_BUFFER_BYTES", "100000000");
            for (int i = 0; i < BREAKS; i++) {
                publisher.untilReady();
                clock.schedule(relay::cut, chance.nextInt(100), TimeUnit.MILLISECONDS).get();
            }
            Instant then = Instant.now();
            publisher.untilStatus(status -> Instant.parse(status.path("sources").path(0).path("heard").asText()).isAfter(then));
            assertThat(publisher.untilReady().text("/q/health/ready")).containsPattern("\"dropped\"\\s*:\\s*0");
            assertThat(publisher.stop()).isZero();
            assertComplete(sequences(zone), publisher.log());
        } finally {
            clock.shutdownNow();
        }
    }

    /** A message whose confirm was lost comes twice; none is missing, none overtakes. */
    private static void assertComplete(List<Long> sequences, List<String> log) {
        assertThat(sequences).isSorted();
        Set<Long> come = Set.copyOf(sequences);
        long last = sequences.get(sequences.size() - 1);
        assertThat(LongStream.rangeClosed(1, last).filter(sequence -> !come.contains(sequence)))
                .as("missing up to %d, and the log:%n%s", last, String.join("\n", log)).isEmpty();
    }

    private static List<Long> sequences(Zone zone) throws Exception {
        List<Long> sequences = new ArrayList<>();
        for (GetResponse next = next(zone); next != null; next = next(zone)) {
            sequences.add(HeartbeatReader.read(next.getBody(), Instant.now()).sequence());
        }
        return sequences;
    }

    /** What is said while the broker restarts is said again until it is confirmed. */
    @Test
    @Tag(Faults.TAG)
    void aPublisherWhoseBrokerRestartsUnderLoadLeavesNoGap() throws Exception {
        RabbitServer own = RabbitServer.own();
        try (Door door = Door.open(); Zone fragile = Zone.of(own, folder).declare()) {
            Program publisher = fragile.publisher("{\"heartbeat\": {\"hosts\": [{\"host\": \"127.0.0.1\", \"port\": "
                    + door.port() + "}, {\"host\": \"127.0.0.1\", \"port\": 1, \"name\": \"shut\"}]}}", "PUBLISH_INTERVAL",
                    "0", "RABBITMQ_FIRST_RETRY", "200ms", "RABBITMQ_LONGEST_RETRY", "1s");
            for (int i = 0; i < RESTARTS; i++) {
                long before = fragile.waiting();
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> fragile.waiting() > before + 100);
                own.restart();
                publisher.untilReady();
            }
            long before = fragile.waiting();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> fragile.waiting() > before + 100);
            assertThat(publisher.stop()).isZero();
            List<Long> sequences = sequences(fragile);
            assertComplete(sequences, publisher.log());
            assertThat(sequences).as("twice only what a restart left unconfirmed").hasSizeLessThanOrEqualTo(
                    sequences.get(sequences.size() - 1).intValue() + RESTARTS);
        }
    }
}
