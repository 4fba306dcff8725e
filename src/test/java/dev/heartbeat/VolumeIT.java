package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.HeartbeatWriter;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.Zone;

/** Does a subscriber with no more memory than the image gives it take what has piled up? */
class VolumeIT {
    private static final int HEARTBEATS = 500;
    private static final int TARGETS = 2_000;
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void fiveHundredQueuedHeartbeatsOfTwoThousandTargetsPass() throws Exception {
        try (Zone zone = Zone.of(RabbitServer.shared(), folder).declare()) {
            Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
            for (int sequence = 1; sequence <= HEARTBEATS; sequence++) {
                Instant at = now.minus(Duration.ofMillis(HEARTBEATS - sequence));
                byte[] body = HeartbeatWriter.write(heartbeat(sequence, at));
                if (sequence % 20 == 0) {
                    zone.publish(body);
                } else {
                    zone.send(body);
                }
            }

            Program subscriber = zone.subscriber();

            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                assertThat(subscriber.isAlive()).isTrue();
                assertThat(zone.unsettled()).isZero();
            });
            JsonNode status = subscriber.untilStatus(answer -> answer.path("targets").size() == TARGETS);
            assertThat(status.path("targets")).extracting(row -> row.path("health").asText())
                    .filteredOn("DOWN"::equals).hasSize(TARGETS / 10);
            assertThat(subscriber.log()).noneMatch(line -> line.contains("OutOfMemory"));
        }
    }

    /** A tenth of the targets is down, and says why at length. */
    private static Heartbeat heartbeat(int sequence, Instant at) {
        List<Observation> observations = new ArrayList<>(TARGETS);
        for (int i = 0; i < TARGETS; i++) {
            Outcome outcome = i % 10 == 0
                    ? Outcome.down(Reason.TIMED_OUT, "no answer within 5 s of a host with a name of some length")
                    : Outcome.UP;
            observations.add(new Observation(new Target(Kind.HOST, "a-host-with-a-name-of-some-length-" + i), outcome, at,
                    Duration.ofMillis(3), null));
        }
        return new Heartbeat("zone", "20260101T000000.000-1", sequence, at, INTERVAL, 1, 1, "abc", null, observations);
    }
}
