package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.GetResponse;

import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.HeartbeatReader;
import dev.heartbeat.services.Closing;
import dev.heartbeat.services.Door;
import dev.heartbeat.services.KafkaServer;
import dev.heartbeat.services.Ports;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.Zone;
import dev.heartbeat.store.R;

/** What does the other side see when a publisher reads its targets again: on the wire, in the status, in PH's keys? */
@SuppressWarnings("try")
class ReloadedZoneIT {
    private static final String RELOAD = "/api/reload";
    private final Closing open = new Closing();
    @TempDir
    Path folder;
    private final Door door = open.with(Door.open());
    private Zone zone;

    @BeforeEach
    void open() {
        zone = open.with(Zone.of(RabbitServer.shared(), folder).with("TARGETS_RELOAD", "0"));
    }

    @AfterEach
    void close() {
        open.close();
    }

    private String targets(String interval, String... names) {
        StringBuilder text = new StringBuilder("heartbeat:\n  defaults: { interval: " + interval + " }\n  hosts:\n");
        Stream.of(names).forEach(name -> text.append(host(name, door.port())));
        return text.toString();
    }

    private static String host(String name, int port) {
        return "    - { name: " + name + ", host: 127.0.0.1, port: " + port + " }\n";
    }

    private Path file(int programs) {
        return folder.resolve("targets-" + programs + ".yaml");
    }

    private static void reload(Program publisher) {
        assertThat(publisher.post(RELOAD)).matches(answer -> answer.statusCode() == 200, "taken");
    }

    @Test
    void whatIsRemovedLeavesStatusAndKeysAndANameThatSomebodyElseHasKeepsItsKey() throws Exception {
        Program subscriber = zone.subscriber();
        Program publisher = zone.publisher(targets("500ms", "stays", "leaves", "shared"));
        Program other = zone.publisher(targets("500ms", "shared", "other"), "HEARTBEAT_SOURCE", "zone-2");
        subscriber.untilHealth("zone-2", "host", "shared", "UP");
        subscriber.untilHealth("publisher", "host", "leaves", "UP");
        String boot = boot(subscriber);
        Files.writeString(file(1), targets("500ms", "stays", "new"));
        reload(publisher);
        subscriber.untilLog("host leaves of publisher is retired, was UP");
        subscriber.untilLog("host shared of publisher is retired, was UP");
        JsonNode status = subscriber.untilHealth("publisher", "host", "new", "UP");
        assertThat(Program.target(status, "publisher", "host", "leaves").isMissingNode()).isTrue();
        assertThat(Program.target(status, "zone-2", "host", "shared").path("health").asText()).isEqualTo("UP");
        assertThat(zone.keys().phKeys()).containsOnlyKeys("service:stays:ok", "service:shared:ok", "service:new:ok",
                "service:other:ok");
        assertThat(subscriber.status("/heartbeat")).isEqualTo(200);
        assertThat(boot(subscriber)).isEqualTo(boot);
        assertThat(subscriber.log("is retired")).hasSize(2);
        assertThat(zone.keys().transitions()).hasSize(2);
        publisher.untilStatus(own -> own.path("targets").size() == 2);

        Files.writeString(file(2), targets("500ms", "other"));
        reload(other);
        subscriber.untilLog("host shared of zone-2 is retired, was UP");
        assertThat(zone.keys().phKeys()).containsOnlyKeys("service:stays:ok", "service:new:ok", "service:other:ok");
        assertThat(subscriber.log(" is STALE")).isEmpty();
    }

    /** Whoever reads those keys must not see green because one of two stopped looking at what is down. */
    @Test
    void whoReadsPhsKeysSeesWhatIsDownElsewhereUntilNobodyAsksForIt() throws Exception {
        Program subscriber = zone.subscriber();
        Program publisher = zone.publisher(targets("500ms", "stays", "shared"));
        Program other = zone.publisher(targets("500ms", "other") + host("shared", Ports.free()), "HEARTBEAT_SOURCE", "zone-2");
        subscriber.untilHealth("zone-2", "host", "shared", "DOWN");
        subscriber.untilHealth("zone-2", "host", "other", "UP");
        subscriber.untilHealth("publisher", "host", "shared", "UP");
        subscriber.untilHealth("publisher", "host", "stays", "UP");
        assertThat(R.answers(zone.keys().phKeys())).containsExactly(R.Answer.MISSING_SERVICES);

        Files.writeString(file(1), targets("500ms", "stays"));
        reload(publisher);
        subscriber.untilLog("host shared of publisher is retired, was UP");
        assertThat(zone.keys().phKeys()).containsOnlyKeys("service:stays:ok", "service:shared:not_ok", "service:other:ok");
        assertThat(R.answers(zone.keys().phKeys())).containsExactly(R.Answer.MISSING_SERVICES);
        assertThat(subscriber.status("/heartbeat")).isEqualTo(503);

        Files.writeString(file(2), targets("500ms", "other"));
        reload(other);
        subscriber.untilLog("host shared of zone-2 is retired, was DOWN");
        assertThat(R.answers(zone.keys().phKeys())).containsExactly(R.Answer.ALL_OK);
    }

    private static String boot(Program subscriber) {
        for (JsonNode source : subscriber.json("/api/status").path("sources")) {
            if (source.path("source").asText().equals("publisher")) {
                return source.path("boot").asText();
            }
        }
        throw new AssertionError("the source is not known");
    }

    /** Nobody wants to wait for an hour until what he removed is gone. */
    @Test
    void whatIsAskedOnceAnHourIsGoneAndThereAtOnceAllTheSame() throws Exception {
        Program subscriber = zone.subscriber();
        Program publisher = zone.publisher(targets("1h", "stays", "leaves"));
        subscriber.untilHealth("host", "leaves", "UP");
        Files.writeString(file(1), targets("1h", "stays"));
        reload(publisher);
        subscriber.untilLog("host leaves of publisher is retired, was UP");
        Files.writeString(file(1), targets("1h", "stays", "new"));
        reload(publisher);
        subscriber.untilHealth("host", "new", "UP");
        assertThat(zone.keys().phKeys()).containsOnlyKeys("service:stays:ok", "service:new:ok");
    }

    @Test
    void onTheWireTheListGoesAheadAndNothingOfTheRemovedComesAfterIt() throws Exception {
        zone.declare();
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String slow = "  http: [ { name: slow, url: \"http://127.0.0.1:" + mute.getLocalPort() + "/\", timeout: 2s } ]\n";
            Program publisher = zone.publisher(targets("200ms", "stays", "leaves") + slow);
            publisher.untilHealth("website", "slow", "DOWN");
            for (int turn = 0; turn < 5; turn++) {
                Files.writeString(file(0), targets("200ms", "stays", "new" + turn));
                reload(publisher);
                publisher.untilHealth("host", "new" + turn, "UP");
                Files.writeString(file(0), targets("200ms", "stays", "leaves") + slow);
                reload(publisher);
                publisher.untilHealth("host", "leaves", "UP");
                long asked = Instant.now().toEpochMilli();
                Awaitility.await().until(() -> Instant.now().toEpochMilli() > asked + 300);
            }
            publisher.untilHealth("website", "slow", "DOWN");
            assertThat(publisher.stop()).isZero();
        }
        List<Heartbeat> heard = heard();
        assertThat(heard).extracting(Heartbeat::boot).containsOnly(heard.get(0).boot());
        assertThat(heard.stream().map(Heartbeat::sequence).toList())
                .isEqualTo(LongStream.rangeClosed(1, heard.size()).boxed().toList());
        assertThat(heard.stream().filter(said -> said.observations().isEmpty())).hasSize(10)
                .allMatch(said -> said.targets() != null && said.part() > 1);
        Heartbeat list = null;
        for (Heartbeat said : heard) {
            list = said.targets() != null ? said : list;
            Heartbeat newest = list;
            assertThat(said.observations()).allMatch(seen -> newest.targets().contains(seen.target()));
            assertThat(said.config()).isEqualTo(newest.config());
        }
    }

    private List<Heartbeat> heard() throws Exception {
        List<Heartbeat> heard = new ArrayList<>();
        for (GetResponse next = next(); next != null; next = next()) {
            heard.add(HeartbeatReader.read(next.getBody(), Instant.now()));
        }
        return heard;
    }

    private GetResponse next() throws Exception {
        return zone.channel().basicGet(Zone.QUEUE, true);
    }

    @Test
    void aSubscriberHasNoTargetsFileAndSaysSo() throws Exception {
        Program subscriber = zone.subscriber().untilReady();
        assertThat(subscriber.post(RELOAD)).matches(answer -> answer.statusCode() == 404)
                .matches(answer -> answer.body().contains("this is a subscriber"));
        subscriber.hangUp();
        subscriber.hangUp();
        assertThat(subscriber.untilReady().stop()).isZero();
    }

    @Test
    void overKafkaTheListIsARecordAndWhatIsRemovedIsRetired() throws Exception {
        KafkaServer kafka = KafkaServer.shared();
        String topic = kafka.topic(3);
        Path file = Files.writeString(folder.resolve("targets.yaml"), targets("500ms", "a", "b", "c", "d"));
        Map<String, String> both = new HashMap<>(Map.of("HEARTBEAT_TRANSPORT", "kafka", "KAFKA_BOOTSTRAP_SERVERS",
                kafka.address(), "KAFKA_TOPIC", topic, "KAFKA_GROUP_ID", topic));
        Program publisher = program(both, "HEARTBEAT_MODE", "publisher", "TARGETS_FILE", file.toString());
        Program subscriber = program(both, "HEARTBEAT_MODE", "subscriber", "HEARTBEAT_STORE", "memory");
        subscriber.untilStatus(status -> status.path("targets").size() == 4);
        Files.writeString(file, targets("500ms", "a", "c", "e"));
        reload(publisher);
        subscriber.untilLog("host b of publisher is retired, was UP");
        subscriber.untilLog("host d of publisher is retired, was UP");
        subscriber.untilHealth("host", "e", "UP");
        Files.writeString(file, targets("1h", "e"));
        reload(publisher);
        subscriber.untilStatus(status -> status.path("targets").size() == 1);
        for (ConsumerRecord<String, byte[]> record : kafka.admin().records(topic)) {
            Heartbeat said = HeartbeatReader.read(record.value(), Instant.now());
            assertThat(said.observations().isEmpty()).isEqualTo(record.key().equals("publisher"));
        }
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> System.nanoTime() > end);
        assertThat(subscriber.log(" is STALE")).as("a part that nobody is in is no silence").isEmpty();
        assertThat(subscriber.log("silent")).isEmpty();
    }

    private Program program(Map<String, String> both, String... more) throws IOException {
        Map<String, String> environment = new HashMap<>(both);
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return open.with(Program.start(folder, environment));
    }
}
