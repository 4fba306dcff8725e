package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.GetResponse;

import dev.heartbeat.model.PhTime;
import dev.heartbeat.services.Door;
import dev.heartbeat.services.PhSubscriber;
import dev.heartbeat.services.Ports;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.Zone;

/** Can either role take the place of PH's, while the other still is PH's? */
class SwapIT {
    private static final DateTimeFormatter PH_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'")
            .withZone(ZoneOffset.UTC);
    @TempDir
    Path folder;
    private Zone zone;

    @BeforeEach
    void open() throws Exception {
        zone = Zone.of(RabbitServer.shared(), folder).declare();
    }

    @AfterEach
    void close() {
        zone.close();
    }

    /**
     * What PH's publisher was seen to send, two seconds apart, as if it had been sent just now; in the second, sda-doa is down.
     */
    private static List<byte[]> bodies() throws Exception {
        Instant now = Instant.now();
        List<byte[]> bodies = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            String body;
            try (InputStream sample = SwapIT.class.getResourceAsStream("/ph/heartbeat-" + i + ".json")) {
                body = new String(sample.readAllBytes(), StandardCharsets.UTF_8);
            }
            for (int second = 26; second <= 30; second += 2) {
                body = body.replace("2026-11-20 22:19:" + second + " UTC",
                        PH_TIME.format(now.plusSeconds(second - 36)));
            }
            bodies.add((i == 2 ? body.replace("\"sda-doa\", \"status\": \"ok\"", "\"sda-doa\", \"status\": \"not_ok\"") : body)
                    .getBytes(StandardCharsets.UTF_8));
        }
        return bodies;
    }

    /** However many of them are taken in one batch: all that waited at the start are. */
    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void phsMessagesGiveExactlyTheKeysThatPhWouldHaveWritten(boolean waited) throws Exception {
        List<byte[]> bodies = bodies();
        Program subscriber = waited ? null : zone.subscriber("REDIS_LAYOUT", "seed").untilReady();
        Map<String, String> expected = PhSubscriber.keysOf(bodies);
        assertThat(expected).containsKeys("service:sda-doa:ok", "service:sda-doa:not_ok", "queue:archived:not_ok");
        for (byte[] body : bodies) {
            zone.publish(body);
        }
        subscriber = waited ? zone.subscriber("REDIS_LAYOUT", "seed") : subscriber;
        Awaitility.await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(zone.keys().phKeys()).containsExactlyInAnyOrderEntriesOf(expected));
        JsonNode status = subscriber.untilHealth("publisher", "host", "sda-doa", "UP");
        assertThat(Program.target(status, "publisher", "consumer", "sda-verify").path("reason").asText()).isEqualTo("UNSTATED");
        assertThat(status.path("targets")).hasSize(11);
    }

    @Test
    void phsMessagesGiveOneKeyForEachNameThatNoReaderCanMistake() throws Exception {
        zone.subscriber().untilReady();
        List<byte[]> bodies = bodies();
        Map<String, String> expected = new TreeMap<>(PhSubscriber.keysOf(bodies));
        expected.remove("service:sda-doa:not_ok");
        for (byte[] body : bodies) {
            zone.publish(body);
        }
        Awaitility.await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(zone.keys().phKeys()).containsExactlyInAnyOrderEntriesOf(expected));
    }

    @Test
    void theKeysThatPhLeftAreTakenOverAndFallSilentLikeAllOthers() {
        String older = PH_TIME.format(Instant.now().minusSeconds(900));
        String newer = PH_TIME.format(Instant.now().minusSeconds(30));
        zone.keys().set("service:sda-doa:ok", newer);
        zone.keys().set("service:sda-doa:not_ok", older);
        zone.keys().set("service:sda-db:ok", older);
        zone.keys().set("service:sda-db:not_ok", newer);
        zone.keys().set("queue:inbox:ok", newer);
        Program first = zone.subscriber().untilReady();
        JsonNode status = first.untilStatus(answer -> answer.path("targets").size() == 3);
        assertThat(status.path("targets").findValuesAsText("health")).containsExactly("DOWN", "UP", "UP");
        assertThat(zone.keys().phKeys()).containsExactlyInAnyOrderEntriesOf(
                Map.of("service:sda-doa:ok", newer, "service:sda-db:not_ok", newer, "queue:inbox:ok", newer));
        assertThat(zone.keys().transitions()).isEmpty();
        first.kill();
        Program second = zone.subscriber("STALE_AFTER", "1s");
        second.untilStatus(answer -> List.of("STALE", "STALE", "STALE")
                .equals(answer.path("targets").findValuesAsText("health")));
        assertThat(zone.keys().phKeys()).containsOnlyKeys("service:sda-doa:not_ok", "service:sda-db:not_ok",
                "queue:inbox:not_ok");
    }

    @Test
    void whatPhWillNeverRetireIsRetiredByHand() throws Exception {
        Program subscriber = zone.subscriber();
        zone.declare()
                .publish(("{\"hosts\":[{\"name\":\"gone\",\"status\":\"ok\",\"timestamp\":\"" + PhTime.text(Instant.now())
                        + "\"}],"
                        + "\"rmq_consumers\":{\"queues_status\":[],\"services_status\":[]}}").getBytes(StandardCharsets.UTF_8));
        subscriber.untilHealth("host", "gone", "UP");
        Map<String, String> redis = Map.of("REDIS_HOST", "127.0.0.1", "REDIS_PORT", String.valueOf(zone.redis().port()));
        try (Program retire = Program.start(zone.folder(), redis, "retire", "publisher", "host", "gone")) {
            assertThat(retire.exitCode()).isZero();
            assertThat(retire.log()).containsExactly("host gone of publisher is retired");
        }
        try (Program retire = Program.start(zone.folder(), redis, "retire", "publisher", "host", "gone")) {
            assertThat(retire.exitCode()).isEqualTo(1);
            assertThat(retire.log()).singleElement().asString().startsWith("source publisher has no host gone");
        }
        assertThat(zone.keys().phKeys()).isEmpty();
        subscriber.untilStatus(status -> status.path("targets").isEmpty());
        subscriber.untilLog("host gone of publisher is retired");
    }

    @Test
    void aPublisherInPhsPlaceContinuesTheSameState() throws Exception {
        Program subscriber = zone.subscriber().untilReady();
        zone.publish(bodies().get(0));
        JsonNode before = subscriber.untilHealth("host", "sda-doa", "UP");
        try (Door door = Door.open()) {
            zone.publisher("""
                    {"heartbeat": {"hosts": [{"host": "127.0.0.1", "port": %1$d, "name": "sda-doa"},
                      {"host": "127.0.0.1", "port": %2$d, "name": "sda-db"}, {"host": "127.0.0.1", "port": %1$d}]}}
                    """.formatted(door.port(), Ports.free()), "PUBLISH_INTERVAL", "1");
            JsonNode after = subscriber.untilStatus(status -> status.path("targets").size() == 3);
            for (String name : List.of("sda-doa", "sda-db", "127.0.0.1")) {
                JsonNode then = Program.target(before, "publisher", "host", name);
                JsonNode now = Program.target(after, "publisher", "host", name);
                assertThat(now.path("health")).as(name).isEqualTo(then.path("health"));
                assertThat(now.path("since")).as(name).isEqualTo(then.path("since"));
            }
            assertThat(subscriber.log(" of publisher is UP")).isEmpty();
            assertThat(zone.keys().phKeys()).as("what the new list does not name is retired").containsOnlyKeys(
                    "service:sda-doa:ok", "service:sda-db:not_ok", "service:127.0.0.1:ok");
        }
    }

    @Test
    void phsSubscriberUnderstandsOurMessages() throws Exception {
        zone.attend("inbox", "mq-interceptor");
        try (Door door = Door.open()) {
            Program publisher = zone.publisher("""
                    heartbeat:
                      defaults: { interval: 500ms }
                      hosts:
                        - { name: sda-doa, host: 127.0.0.1, port: %1$d }
                        - { name: sda-db, host: 127.0.0.1, port: %2$d }
                      http: [ { name: portal, url: "http://127.0.0.1:%2$d/" } ]
                      rmq_consumers:
                        - { queue: inbox, listeners: [ { name: mq, tag: mq } ] }
                        - { queue: absent, listeners: [ { name: lost, tag: mq } ] }
                    """.formatted(door.port(), Ports.free()));
            publisher.untilHealth("consumer", "mq", "UP");
            assertThat(publisher.stop()).isZero();
        }
        zone.keys().ask("FLUSHALL");
        PhSubscriber ph = new PhSubscriber(zone.keys()::set);
        GetResponse last = null;
        for (GetResponse next = next(); next != null; next = next()) {
            ph.hear(next.getBody());
            last = next;
        }
        assertThat(last).isNotNull();
        assertThat(last.getProps().getContentType()).isEqualTo("application/json");
        assertThat(last.getProps().getDeliveryMode()).as("persistent").isEqualTo(2);
        assertThat(last.getProps().getMessageId()).isNotBlank();
        assertThat(last.getProps().getTimestamp()).isBetween(Instant.now().minusSeconds(300), Instant.now());
        assertThat(zone.keys().phKeys()).containsKeys("service:sda-doa:ok", "service:sda-db:not_ok", "service:portal:not_ok",
                "service:mq:ok", "service:lost:not_ok", "queue:inbox:ok", "queue:absent:not_ok").doesNotContainKeys(
                        "service:sda-doa:not_ok", "service:sda-db:ok", "service:lost:ok", "queue:absent:ok");
    }

    private GetResponse next() throws Exception {
        return zone.channel().basicGet(Zone.QUEUE, true);
    }
}
