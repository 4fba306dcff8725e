package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.rabbitmq.client.GetResponse;

import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.Zone;

/** What becomes of messages that are no heartbeats, in the middle of those that are? */
class PoisonIT {
    private static final String PARKED = Zone.QUEUE + ".parked";
    private static final int LARGEST = 64 << 10;
    @TempDir
    Path folder;
    private Zone zone;
    private int sent;

    @BeforeEach
    void open() {
        zone = Zone.of(RabbitServer.shared(), folder).with("RABBITMQ_MAX_MESSAGE_BYTES", LARGEST);
    }

    @AfterEach
    void close() {
        zone.close();
    }

    @Test
    void everythingThatIsNoHeartbeatIsParkedWithTheReasonAndTheRestPasses() throws Exception {
        Program subscriber = zone.declare().subscriber().untilReady();
        Map<String, byte[]> poison = poison();
        for (byte[] body : poison.values()) {
            zone.publish(heartbeat());
            zone.publish(body);
        }
        zone.publish(heartbeat());
        subscriber.untilHealth("host", "beat-" + sent, "UP");
        Map<String, String> reasons = new HashMap<>();
        for (int i = 0; i < poison.size(); i++) {
            GetResponse parked = parked();
            assertThat(parked.getProps().getDeliveryMode()).as("persistent").isEqualTo(2);
            reasons.put(new String(parked.getBody(), StandardCharsets.UTF_8),
                    String.valueOf(parked.getProps().getHeaders().get("x-heartbeat-reason")));
        }
        poison.forEach((reason, body) -> assertThat(reasons.get(new String(body, StandardCharsets.UTF_8))).contains(reason));
        assertThat(subscriber.json("/api/status").path("targets")).hasSize(sent);
        assertThat(zone.channel().messageCount(PARKED)).isZero();
        assertThat(subscriber.stop()).isZero();
        assertThat(zone.waiting()).isZero();
    }

    /** By a word of the reason that is to be given. Each is said of a target that must not appear. */
    private static Map<String, byte[]> poison() {
        Map<String, byte[]> poison = new LinkedHashMap<>();
        poison.put("not a JSON object", utf8("[]"));
        poison.put("not JSON", utf8("{\"hosts\": [{\"name\": \"cut off\", "));
        poison.put("hosts", utf8("{\"hosts\": \"all of them\"}"));
        poison.put("name", utf8("{\"hosts\": [{\"name\": 7, \"status\": \"ok\"}]}"));
        poison.put("status", utf8("{\"hosts\": [{\"name\": \"no status\"}]}"));
        poison.put("neither ok nor not_ok", utf8("{\"hosts\": [{\"name\": \"odd\", \"status\": \"maybe\"}]}"));
        poison.put("none of hosts", utf8("{\"status\": \"heartbeat\"}"));
        poison.put("sequence", utf8("{\"hosts\": [], \"boot\": \"b\", \"sequence\": -1}"));
        poison.put("timestamp", utf8("{\"hosts\": [{\"name\": \"late\", \"status\": \"ok\", \"timestamp\": \"yesterday\"}]}"));
        poison.put("something follows", utf8("{\"hosts\": []} {\"hosts\": []}"));
        poison.put("nested deeper", utf8("{\"hosts\": [], \"x\": " + "[".repeat(LARGEST / 4)));
        poison.put("too large", utf8("{\"hosts\": [], \"x\": \"" + "x".repeat(LARGEST) + "\"}"));
        return poison;
    }

    /** A good one, with a target of its own. */
    private byte[] heartbeat() {
        sent++;
        return utf8("{\"hosts\": [{\"name\": \"beat-" + sent + "\", \"status\": \"ok\", \"timestamp\": \"" + Instant.now()
                + "\"}]}");
    }

    private GetResponse parked() throws Exception {
        return Awaitility.await("a message is parked").atMost(Duration.ofMinutes(1))
                .until(() -> zone.channel().basicGet(PARKED, true), found -> found != null);
    }

    @Test
    void whereNothingCanBeParkedItIsLoggedAndTheStreamGoesOn() throws Exception {
        zone.declare().broker().admin().user("reader", "reader", "");
        zone.broker().admin().permit(zone.vhost(), "reader", "^$", ".*", ".*");
        Program subscriber = zone.subscriber("RABBITMQ_USER", "reader", "RABBITMQ_PASS", "reader").untilReady();
        assertThat(subscriber.log("queue " + PARKED + " does not exist, and user reader may not declare it")).hasSize(1);
        assertThat(subscriber.text("/q/health/ready")).contains(PARKED);
        byte[] poison = utf8("no heartbeat at all");
        zone.publish(heartbeat());
        zone.publish(poison);
        zone.publish(poison);
        zone.publish(heartbeat());
        subscriber.untilHealth("host", "beat-2", "UP");
        String print = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(poison));
        subscriber.untilLog("Rejected a message of " + poison.length + " bytes, SHA-256 " + print);
        assertThat(subscriber.log("Rejected a message")).as("one line for all of some seconds").hasSize(1);
        assertThat(subscriber.stop()).isZero();
        assertThat(zone.waiting()).as("rejected is not put back").isZero();
    }

    /** A queue of somebody else's making serves as it is; what it drops or expires is that one's decision. */
    @ParameterizedTest
    @CsvSource({ "x-max-length, 5, classic", "x-message-ttl, 60000, classic", "x-max-length, 100, quorum",
            "x-single-active-consumer, , classic" })
    void aQueueWithOddArgumentsServesAsItIs(String argument, Integer value, String type) throws Exception {
        Map<String, Object> arguments = Map.of("x-queue-type", type, argument, value == null ? Boolean.TRUE : value);
        zone.broker().admin().queue(zone.vhost(), Zone.QUEUE, arguments);
        Program subscriber = zone.subscriber().untilReady();
        zone.publish(heartbeat());
        zone.publish(utf8("poison"));
        zone.publish(heartbeat());
        subscriber.untilHealth("host", "beat-2", "UP");
        assertThat(parked().getBody()).isEqualTo(utf8("poison"));
        assertThat(subscriber.warnings()).isEmpty();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
