package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.GetResponse;

import dev.heartbeat.services.Door;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.Zone;

/**
 * What happens while the broker or Redis is away, longer than silence may last? Nothing is lost, and nothing is news but news.
 */
class OutageIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** At two a second, so many are said in more time than the limit allows. */
    private static final int MORE_THAN_THE_LIMIT = 25;
    private static final String WIRETAP = "wiretap";
    private final RabbitServer broker = RabbitServer.own();
    @TempDir
    Path folder;
    private Zone zone;
    private Door door;
    private Program subscriber;
    private Program publisher;

    @BeforeEach
    void open() throws Exception {
        door = Door.open();
        zone = Zone.of(broker, folder).declare().with("STALE_AFTER", LIMIT.toSeconds()).with("PUBLISH_INTERVAL", "500ms")
                .with("RABBITMQ_FIRST_RETRY", "200ms").with("RABBITMQ_LONGEST_RETRY", "1s");
        broker.admin().queue(zone.vhost(), WIRETAP, Map.of());
        broker.admin().bind(zone.vhost(), Zone.EXCHANGE, WIRETAP, Zone.ROUTING_KEY);
        subscriber = zone.subscriber().untilReady();
        publisher = publish();
        subscriber.untilHealth("host", "door", "UP");
    }

    private Program publish() {
        return zone.publisher("{\"heartbeat\": {\"hosts\": [{\"host\": \"127.0.0.1\", \"port\": " + door.port()
                + ", \"name\": \"door\"}]}}");
    }

    @AfterEach
    void close() {
        zone.close();
        door.close();
    }

    @Test
    void whileTheBrokerIsAwayProbingGoesOnAndWhatWaitedComesInOrderAfterwards() throws Exception {
        broker.kill();
        Instant gone = Instant.now();
        publisher.untilNotReady("broker", "can not be reached");
        subscriber.untilNotReady("broker", "can not be reached");
        door.shut();
        publisher.untilHealth("host", "door", "DOWN");
        door.openAgain();
        publisher.untilHealth("host", "door", "UP");
        publisher.untilStatus(status -> heard(status).isAfter(gone.plus(LIMIT).plusSeconds(2)));
        assertThat(publisher.status("/q/health/live")).isEqualTo(200);
        assertThat(subscriber.status("/q/health/live")).isEqualTo(200);
        broker.startAgain();
        publisher.untilReady();
        subscriber.untilReady();
        Instant back = Instant.now();
        subscriber.untilStatus(status -> heard(status).isAfter(back.plus(LIMIT).plusSeconds(2)));
        assertThat(zone.keys().transitions()).extracting(step -> step.path("from").asText() + ">" + step.path("to").asText())
                .as("silence is none").containsExactly("UP>DOWN", "DOWN>UP");
        assertThat(subscriber.log("host door of publisher is ")).hasSize(2);
        assertThat(publisher.log("Reporting health")).as("looking at readiness is no news").isEmpty();
        assertThat(publisher.log("is interrupted")).as("one line for all attempts of one kind").hasSizeLessThan(4);
        assertThat(publisher.stop()).isZero();
        assertInOrderAndComplete(sequences());
    }

    /** A heartbeat whose confirm was lost with the broker comes twice; none is missing, none overtakes. */
    private static void assertInOrderAndComplete(List<Long> sequences) {
        assertThat(sequences).isSorted();
        assertThat(sequences.stream().distinct().count()).isEqualTo(sequences.get(sequences.size() - 1));
        assertThat(sequences.get(0)).isOne();
    }

    private List<Long> sequences() throws Exception {
        List<Long> sequences = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        for (GetResponse next = zone.channel().basicGet(WIRETAP, true); next != null; next = zone.channel().basicGet(WIRETAP,
                true)) {
            sequences.add(json.readTree(new String(next.getBody(), StandardCharsets.UTF_8)).path("sequence").asLong());
        }
        return sequences;
    }

    @Test
    void whileRedisIsAwayNothingIsAcknowledgedAndNothingIsLost() throws Exception {
        zone.redis().kill();
        long before = zone.channel().messageCount(WIRETAP);
        subscriber.untilNotReady("store", "");
        door.shut();
        publisher.untilHealth("host", "door", "DOWN");
        door.openAgain();
        Awaitility.await("more were said than silence may last").atMost(Duration.ofMinutes(1))
                .until(() -> zone.channel().messageCount(WIRETAP) > before + MORE_THAN_THE_LIMIT);
        assertThat(publisher.stop()).isZero();
        long said = zone.channel().messageCount(WIRETAP) - before;
        Awaitility.await("not one of them is acknowledged").atMost(Duration.ofSeconds(20))
                .until(() -> zone.unsettled() >= said);
        assertThat(subscriber.status("/q/health/live")).isEqualTo(200);
        assertThat(subscriber.json("/q/health/ready").path("checks").toString()).contains("\"broker\",\"status\":\"UP\"");
        publisher = publish();
        Awaitility.await("it speaks again").atMost(Duration.ofMinutes(1))
                .until(() -> zone.channel().messageCount(WIRETAP) > before + said);
        zone.redis().startAgain();
        subscriber.untilReady();
        Instant back = Instant.now();
        subscriber.untilStatus(status -> heard(status).isAfter(back.plus(LIMIT).plusSeconds(2)));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> zone.unsettled() <= 1);
        assertThat(zone.keys().transitions()).extracting(step -> step.path("from").asText() + ">" + step.path("to").asText())
                .containsExactly("UP>DOWN", "DOWN>UP");
        assertThat(subscriber.log("nothing is acknowledged until it does")).hasSize(1);
        assertThat(subscriber.log("the store takes what is heard again")).hasSize(1);
        assertThat(zone.keys().phKeys()).containsOnlyKeys("service:door:ok");
        assertThat(publisher.stop()).isZero();
        assertThat(subscriber.stop()).isZero();
        assertThat(zone.waiting()).as("all of it is acknowledged").isZero();
    }

    private static Instant heard(JsonNode status) {
        String heard = status.path("sources").path(0).path("heard").asText();
        return heard.isEmpty() ? Instant.MIN : Instant.parse(heard);
    }
}
