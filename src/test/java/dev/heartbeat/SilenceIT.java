package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heartbeat.services.Door;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.Zone;

/** When is silence news? When a publisher has died; never when only we were deaf, or away. */
class SilenceIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** At two a second, the newest of so many is heard later than the limit allows. */
    private static final int MORE_THAN_THE_LIMIT = 25;
    @TempDir
    Path folder;
    private Zone zone;
    private Door door;
    private String targets;

    @BeforeEach
    void open() throws Exception {
        door = Door.open();
        zone = Zone.of(RabbitServer.shared(), folder).with("STALE_AFTER", LIMIT.toSeconds()).with("PUBLISH_INTERVAL", "500ms");
        zone.attend("inbox", "mq");
        targets = """
                {"heartbeat": {
                  "hosts": [{"host": "127.0.0.1", "port": "%d", "name": "up"}, {"host": "127.0.0.1", "port": 1, "name": "down"}],
                  "rmq_consumers": [{"queue": "inbox", "listeners": [{"tag": "mq", "name": "interceptor"}]}]}}
                """
                .formatted(door.port());
    }

    @AfterEach
    void close() {
        zone.close();
        door.close();
    }

    @Test
    void aKilledPublisherTurnsItsTargetsStaleAndItsReturnHealsThem() {
        Program subscriber = zone.subscriber();
        Program publisher = zone.publisher(targets);
        subscriber.untilHealth("consumer", "interceptor", "UP");
        subscriber.untilHealth("queue", "inbox", "UP");
        int before = zone.keys().transitions().size();
        publisher.kill();
        JsonNode status = subscriber.untilStatus(answer -> healths(answer).equals(List.of("STALE", "STALE", "STALE", "STALE")));
        assertThat(Program.target(status, "host", "up").path("was").asText()).isEqualTo("UP");
        assertThat(Program.target(status, "host", "down").path("was").asText()).isEqualTo("DOWN");
        assertThat(Program.target(status, "host", "up").path("reason").asText()).isEqualTo("SILENT");
        assertThat(status.path("sources").path(0).path("silent_since").asText()).isNotEmpty();
        assertThat(zone.keys().phKeys()).containsOnlyKeys("service:up:not_ok", "service:down:not_ok",
                "service:interceptor:not_ok", "queue:inbox:not_ok");
        assertThat(subscriber.status("/q/health/ready")).as("another's silence is no fault of ours").isEqualTo(200);
        assertThat(subscriber.text("/q/health/ready")).contains("silent");
        subscriber.untilLog("source publisher silent since ");
        assertThat(subscriber.log("source publisher silent since ")).singleElement().asString()
                .endsWith("allowed are 10s: 4 of 4 targets");
        zone.publisher(targets);
        subscriber.untilLog("source publisher heard again after ");
        subscriber.untilStatus(answer -> !healths(answer).contains("STALE"));
        subscriber.untilHealth("queue", "inbox", "UP");
        assertThat(zone.keys().phKeys()).containsOnlyKeys("service:up:ok", "service:down:not_ok", "service:interceptor:ok",
                "queue:inbox:ok");
        assertThat(zone.keys().transitions()).as("each target's, and the source's, both times").hasSize(before + 10);
        assertThat(subscriber.log(" is STALE")).as("one line is enough").isEmpty();
        assertThat(subscriber.log(", was STALE")).isEmpty();
    }

    /** It was away longer than silence is allowed to last, and what it finds in the queue is old by then. */
    @Test
    void aRestartOfTheSubscriberIsNoNews() {
        Program first = zone.subscriber();
        zone.publisher(targets);
        first.untilHealth("queue", "inbox", "UP");
        Awaitility.await("what came before has been told, or the second would have to tell it")
                .atMost(Duration.ofSeconds(60)).until(() -> zone.keys().unannounced() == 0);
        first.kill();
        int before = zone.keys().transitions().size();
        Awaitility.await("the silence would be long enough").atMost(Duration.ofSeconds(60))
                .until(() -> zone.waiting() > MORE_THAN_THE_LIMIT);
        Program second = zone.subscriber().untilServing();
        Instant serving = Instant.now();
        second.untilStatus(answer -> heard(answer).isAfter(serving.plus(LIMIT).plusSeconds(2)));
        assertThat(second.log(" of publisher is ")).isEmpty();
        assertThat(second.log("source publisher ")).isEmpty();
        assertThat(zone.keys().transitions()).hasSize(before);
        assertThat(zone.keys().phKeys()).containsOnlyKeys("service:up:ok", "service:down:not_ok", "service:interceptor:ok",
                "queue:inbox:ok");
    }

    /** What a publisher said before it died proves nothing of now, however late it is heard. */
    @Test
    void thePublisherThatDiedWhileNobodyListenedIsFoundOutAfterTheRestart() throws Exception {
        Program first = zone.subscriber();
        Program publisher = zone.publisher(targets);
        first.untilHealth("queue", "inbox", "UP");
        first.kill();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> zone.waiting() > MORE_THAN_THE_LIMIT);
        publisher.kill();
        Program second = zone.subscriber();
        second.untilLog("source publisher silent since ");
        second.untilStatus(answer -> healths(answer).equals(List.of("STALE", "STALE", "STALE", "STALE")));
        assertThat(second.log("source publisher ")).hasSize(1);
        assertThat(zone.waiting()).isZero();
        assertThat(zone.keys().phKeys()).containsKey("service:up:not_ok").doesNotContainKey("service:up:ok");
    }

    private static List<String> healths(JsonNode status) {
        return status.path("targets").findValuesAsText("health");
    }

    private static Instant heard(JsonNode status) {
        String heard = status.path("sources").path(0).path("heard").asText();
        return heard.isEmpty() ? Instant.MIN : Instant.parse(heard);
    }
}
