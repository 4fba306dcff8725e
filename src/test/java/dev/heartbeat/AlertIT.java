package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.heartbeat.services.Door;
import dev.heartbeat.services.Hook;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.Zone;

/** Is a receiver told each piece of news once, however many subscribers run, and whichever of them dies? */
class AlertIT {
    @TempDir
    Path folder;
    private Zone zone;
    private Hook hook;
    private Door door;

    @BeforeEach
    void open() {
        hook = Hook.open();
        door = Door.open();
        zone = Zone.of(RabbitServer.shared(), folder).with("PUBLISH_INTERVAL", "500ms").with("ALERT_TIMEOUT", "3s")
                .with("ALERT_WEBHOOK_URL", hook.url() + "/t0ken-s3cret");
    }

    @AfterEach
    void close() {
        zone.close();
        hook.close();
        door.close();
    }

    private Program publisher() {
        return zone.publisher("{\"heartbeat\": {\"hosts\": [{\"host\": \"127.0.0.1\", \"name\": \"door\", \"port\": "
                + door.port() + "}]}}");
    }

    /** The first subscriber holds the receiver's place when the second starts. */
    private List<Program> twoSubscribers() {
        Program first = zone.subscriber().untilReady();
        Awaitility.await("the receiver has a place").atMost(Duration.ofSeconds(60))
                .until(() -> !((List<?>) zone.keys().ask("KEYS", "heartbeat:reader:alerts:*")).isEmpty());
        return List.of(first, zone.subscriber().untilReady());
    }

    private void untilAccepted(int count) {
        Awaitility.await("accepted are " + count).atMost(Duration.ofSeconds(120))
                .untilAsserted(() -> assertThat(hook.accepted()).hasSizeGreaterThanOrEqualTo(count));
    }

    @Test
    void twoSubscribersTellEachPieceOfNewsOnceWithItsResolve() {
        zone.with("ALERT_TIMEOUT", "15s");
        List<Program> subscribers = twoSubscribers();
        publisher();
        subscribers.get(1).untilHealth("host", "door", "UP");
        for (int round = 1; round <= 3; round++) {
            door.shut();
            untilAccepted(2 * round - 1);
            door.openAgain();
            untilAccepted(2 * round);
        }
        assertThat(subscribers.get(0).stop()).isZero();
        door.shut();
        untilAccepted(7);
        assertThat(hook.accepted()).hasSize(7).doesNotHaveDuplicates();
        assertThat(hook.accepted().stream().map(key -> key.split("/")[1])).containsExactly("firing", "resolved", "firing",
                "resolved", "firing", "resolved", "firing");
        assertThat(hook.calls().get(0).body()).contains("\"summary\":\"host door of publisher is DOWN\"");
        subscribers.forEach(program -> assertThat(program.log("s3cret")).isEmpty());
    }

    @Test
    void whatASubscriberWasKilledOverIsToldByTheOther() {
        List<Program> subscribers = twoSubscribers();
        publisher();
        subscribers.get(1).untilHealth("host", "door", "UP");
        hook.hangs();
        door.shut();
        Awaitility.await("the call hangs").atMost(Duration.ofSeconds(60)).until(() -> hook.hung() > 0);
        subscribers.get(0).kill();
        hook.recovers();
        subscribers.get(1).untilHealth("host", "door", "DOWN");
        int before = hook.calls().size();
        untilAccepted(before + 1);
        door.openAgain();
        Awaitility.await("it is resolved").atMost(Duration.ofSeconds(60))
                .until(() -> hook.accepted().stream().anyMatch(key -> key.endsWith("/resolved")));
        assertThat(hook.accepted().stream().distinct().map(key -> key.split("/")[1])).containsExactly("firing", "resolved");
    }

    @Test
    void whatHappensWhileTheReceiverIsAwayIsToldWhenItIsBack() {
        zone.with("ALERT_TIMEOUT", "15s");
        List<Program> subscribers = twoSubscribers();
        publisher();
        subscribers.get(1).untilHealth("host", "door", "UP");
        hook.answers(503);
        door.shut();
        subscribers.get(0).untilLog("takes no alerts: it answers 503");
        subscribers.get(1).untilHealth("host", "door", "DOWN");
        door.openAgain();
        subscribers.get(1).untilHealth("host", "door", "UP");
        subscribers.get(0).kill();
        hook.recovers();
        untilAccepted(2);
        assertThat(hook.accepted().stream().map(key -> key.split("/")[1])).containsExactly("firing", "resolved");
        assertThat(subscribers.get(1).log("takes alerts again")).hasSize(1);
    }
}
