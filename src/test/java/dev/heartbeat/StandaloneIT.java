package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heartbeat.services.Door;
import dev.heartbeat.services.KafkaServer;
import dev.heartbeat.services.Ports;
import dev.heartbeat.services.Program;

/** What does a newcomer see who starts the program with nothing set? */
@SuppressWarnings("try")
class StandaloneIT {
    @TempDir
    Path folder;

    @Test
    void showsTheHealthOfEveryExampleTarget() {
        try (Program program = Program.start(folder, Map.of())) {
            JsonNode status = program.untilHealth("host", "down-on-purpose", "DOWN");
            assertThat(Program.target(status, "host", "heartbeat").path("health").asText()).isEqualTo("UP");
            assertThat(Program.target(status, "host", "down-on-purpose").path("reason").asText()).isEqualTo("UNREACHABLE");
            assertThat(program.log()).anySatisfy(line -> assertThat(line)
                    .contains("standalone runs", "the bundled example", "see http://localhost:" + program.port() + "/"));
            assertThat(program.stop()).isZero();
        }
    }

    @Test
    void saysNothingThatItsUserCanNotActOn() {
        try (Program program = Program.start(folder, Map.of())) {
            program.untilHealth("host", "down-on-purpose", "DOWN");
            program.stop();
            assertThat(program.ownLog())
                    .noneMatch(line -> line.contains("WARN") || line.contains("ERROR") || line.contains("\tat "));
        }
    }

    @Test
    void hasNoBrokerAndNoRedisInItsHealth() {
        try (Program program = Program.start(folder, Map.of())) {
            program.untilHealth("host", "down-on-purpose", "DOWN");
            JsonNode ready = program.json("/q/health/ready");
            assertThat(ready.path("status").asText()).isEqualTo("UP");
            assertThat(ready.path("checks").findValuesAsText("name")).doesNotContain("broker");
            assertThat(program.status("/q/health/live")).isEqualTo(200);
            assertThat(program.status("/q/health/started")).isEqualTo(200);
        }
    }

    /** Both roles in one process, with a log between them that others may read. */
    @Test
    void goesOverKafkaWhereItIsTold() throws IOException {
        KafkaServer kafka = KafkaServer.shared();
        String topic = KafkaServer.name();
        try (Door door = Door.open()) {
            Path file = Files.writeString(folder.resolve("targets.yaml"),
                    "heartbeat: { hosts: [ { name: door, host: 127.0.0.1, port: " + door.port() + ", interval: 500ms } ] }");
            try (Program program = Program.start(folder, Map.of("HEARTBEAT_TRANSPORT", "kafka", "KAFKA_BOOTSTRAP_SERVERS",
                    kafka.address(), "KAFKA_TOPIC", topic, "TARGETS_FILE", file.toString()))) {
                program.untilHealth("host", "door", "UP");
                program.untilLog("standalone runs").untilReady();
                assertThat(kafka.admin().records(topic)).extracting(record -> record.key())
                        .contains("127.0.0.1:" + door.port());
                door.shut();
                program.untilHealth("host", "door", "DOWN");
                assertThat(program.warnings()).isEmpty();
                assertThat(program.interrupt()).isZero();
            }
        }
    }

    @Test
    void takesAFreePortWhenNobodyChoseOneAndTheUsualIsTaken() throws IOException {
        try (ServerSocket taken = takeUsualPort();
                Program program = Program.start(folder, Map.of(Program.DEFAULT_PORT, "yes"))) {
            assertThat(taken.isClosed()).isFalse();
            program.untilLog("port 8080 is taken, so this one serves on ");
            program.untilLog("standalone runs");
            assertThat(program.log()).anySatisfy(line -> assertThat(line).contains("QUARKUS_HTTP_PORT chooses another"));
        }
    }

    /** Somebody else may have it already, which serves as well. */
    private static ServerSocket takeUsualPort() throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress((InetAddress) null, 8080));
        } catch (IOException e) {
            assertThat(Ports.answers(8080)).isTrue();
        }
        return socket;
    }

    @Test
    void readsTheTargetsFileInItsFolder() throws IOException {
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/targets.yaml"), """
                heartbeat:
                  hosts:
                    - { name: mine, host: 127.0.0.1, port: %d, interval: 200ms }
                """.formatted(Ports.free()));
        try (Program program = Program.start(folder, Map.of())) {
            JsonNode status = program.untilHealth("host", "mine", "DOWN");
            assertThat(status.path("targets")).hasSize(1);
            assertThat(program.log()).anySatisfy(line -> assertThat(line).contains("1 targets from", "config/targets.yaml"));
        }
    }

    @Test
    void tellsATransitionInOneLine() throws IOException {
        try (Door door = Door.closed()) {
            Path file = Files.writeString(folder.resolve("targets.yaml"),
                    "heartbeat: { hosts: [ { name: flappy, host: 127.0.0.1, port: " + door.port() + ", interval: 200ms } ] }");
            try (Program program = Program.start(folder, Map.of("TARGETS_FILE", file.toString()))) {
                program.untilHealth("host", "flappy", "DOWN");
                door.openAgain();
                program.untilLog("host flappy of publisher is UP, was DOWN");
                program.untilHealth("host", "flappy", "UP");
                door.shut();
                program.untilLog("host flappy of publisher is DOWN, was UP");
                assertThat(program.log("flappy of publisher is UP")).hasSize(1);
            }
        }
    }
}
