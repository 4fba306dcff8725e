package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.heartbeat.model.Histogram;
import dev.heartbeat.services.Door;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RedisServer;

/** Where are the latencies of a program that has ended? */
@SuppressWarnings("try")
class LatencyIT {
    @TempDir
    Path folder;

    @Test
    void whatWasCountedIsWrittenBeforeTheProgramEnds() throws IOException {
        try (RedisServer redis = RedisServer.start(); Door door = Door.open(); Door shut = Door.closed()) {
            Path file = Files.writeString(folder.resolve("targets.yaml"), """
                    heartbeat:
                      hosts:
                        - { name: answers, host: 127.0.0.1, port: %d, interval: 200ms }
                        - { name: refuses, host: 127.0.0.1, port: %d, interval: 200ms }
                    """.formatted(door.port(), shut.port()));
            try (Program program = Program.start(folder, Map.of("TARGETS_FILE", file.toString(), "REDIS_HOST", "localhost",
                    "REDIS_PORT", String.valueOf(redis.port())))) {
                program.untilHealth("host", "answers", "UP");
                assertThat(program.stop()).isZero();
                List<?> counts = (List<?>) redis.admin().ask("ZRANGE", "heartbeat:source:publisher:latencies", "0", "-1");
                List<?> fields = (List<?>) redis.admin().ask("HGETALL", counts.get(0).toString());
                assertThat(fields).hasSize(2).first().asString().isEqualTo("host:answers");
                assertThat(Histogram.parse(fields.get(1).toString()).count()).isPositive();
            }
        }
    }
}
