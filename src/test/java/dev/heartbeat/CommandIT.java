package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.heartbeat.services.Program;

/** What does the command line answer, and how does a start with bad input end? */
class CommandIT {
    @TempDir
    Path folder;

    @Test
    void helpNamesCommandsAndSettings() {
        try (Program program = Program.start(folder, Map.of(), "--help")) {
            assertThat(program.exitCode()).isZero();
            assertThat(String.join("\n", program.log())).contains("check-config", "HEARTBEAT_MODE", "RABBITMQ_HOST",
                    "localhost");
        }
    }

    @Test
    void versionIsTheBuilds() {
        try (Program program = Program.start(folder, Map.of(), "--version")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.log()).singleElement().asString().matches("heartbeat \\d+\\.\\d+\\.\\d+.*");
        }
    }

    @Test
    void anUnknownArgumentIsRefused() {
        try (Program program = Program.start(folder, Map.of(), "--publish")) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(String.join("\n", program.log())).contains("--publish");
        }
    }

    @Test
    void checkConfigNamesEveryFaultWithItsPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), """
                heartbeat:
                  hosts:
                    - { name: a, host: 127.0.0.1, port: 70000 }
                    - { name: b, hots: 127.0.0.1, port: 1 }
                """);
        try (Program program = Program.start(folder, Map.of(), "check-config", file.toString())) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.log()).anySatisfy(line -> assertThat(line).contains("bad.yaml:3:", "70000"));
            assertThat(program.log()).anySatisfy(line -> assertThat(line).contains("bad.yaml:4:", "hots"));
        }
    }

    @Test
    void checkConfigAcceptsTheExample() {
        Path example = Path.of("config/targets.yaml").toAbsolutePath();
        try (Program program = Program.start(folder, Map.of(), "check-config", example.toString())) {
            assertThat(program.exitCode()).isZero();
            assertThat(String.join("\n", program.log())).contains("no fault");
        }
    }

    @Test
    void aRegexIsToldWithTheExitCodeOfItsMatch() {
        try (Program program = Program.start(folder, Map.of(), "regex", "^b", "abc")) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.log().get(0)).isEqualTo("match      no");
        }
    }

    @Test
    void everyBadSettingIsNamedAtOnceAndNothingStarts() {
        Map<String, String> environment = Map.of("HEARTBEAT_MODE", "both", "RABBITMQ_PORT", "tcp://10.0.0.1:5672",
                "RABBITMQ_QUEUE", " ", "PUBLISH_INTERVAL", "soon");
        try (Program program = Program.start(folder, environment)) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.log()).hasSize(4);
            assertThat(program.log()).anySatisfy(
                    line -> assertThat(line).contains("HEARTBEAT_MODE=both", "publisher, subscriber or standalone"));
            assertThat(program.log())
                    .anySatisfy(line -> assertThat(line).contains("RABBITMQ_PORT=tcp://10.0.0.1:5672", "1 to 65535"));
            assertThat(program.log()).anySatisfy(line -> assertThat(line).contains("RABBITMQ_QUEUE", "blank"));
            assertThat(program.log()).anySatisfy(line -> assertThat(line).contains("PUBLISH_INTERVAL=soon"));
        }
    }

    @Test
    void aPublisherWithoutTargetsRefusesToStart() {
        try (Program program = Program.start(folder, Map.of("HEARTBEAT_MODE", "publisher"))) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.log()).singleElement().asString().contains("TARGETS_FILE", "PUBLISHER_CONFIG_PATH");
        }
    }

    @Test
    void aTargetsFileWithFaultsStopsTheStart() throws IOException {
        Path file = Files.writeString(folder.resolve("publisher_config.json"),
                "{\"heartbeat\": {\"hosts\": [{\"host\": \"a\", \"port\": \"many\"}]}}");
        try (Program program = Program.start(folder,
                Map.of("HEARTBEAT_MODE", "PUBLISHER", "PUBLISHER_CONFIG_PATH", file.toString()))) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.log()).singleElement().asString().contains("publisher_config.json:1:", "port", "many");
        }
    }

    @Test
    void everyCommandThatStartsHasHelpWithItsVariables() {
        for (String command : List.of("publisher", "subscriber", "standalone", "produce", "consume", "pub", "sub")) {
            try (Program program = Program.start(folder, Map.of(), command, "--help")) {
                assertThat(program.exitCode()).isZero();
                assertThat(String.join("\n", program.log())).contains("KAFKA_TOPIC", "--kafka-topic");
            }
        }
    }

    @Test
    void missingFlagsOfTheServiceHealthCheckerAreItsHelpAndOne() {
        try (Program program = Program.start(folder, Map.of("KAFKA_BROKER", "localhost:1"), "sub", "--kafka-topic", "t")) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.log().get(0)).isEqualTo("missing: --postgresql-dsn");
            assertThat(String.join("\n", program.log())).contains("--kafka-broker", "POSTGRESQL_DSN");
        }
    }

    @Test
    void anOptionStandsBeforeItsVariableAndReachesThePartsItIsFor() throws IOException {
        try (Program program = Program.start(folder, Map.of("HEARTBEAT_SOURCE", "variable", "HEARTBEAT_MODE", "subscriber"),
                "standalone", "--heartbeat-source", "option", "--web-user=ops", "--web-password=s3cret")) {
            program.untilServing().untilLog("standalone runs as source option");
            assertThat(program.status("/api/status")).isEqualTo(401);
            assertThat(program.status("/api/status", "ops", "s3cret")).isEqualTo(200);
            assertThat(program.log("s3cret")).isEmpty();
            assertThat(program.stop()).isZero();
        }
    }

    @Test
    void aModeWithoutATransportThatReachesAnybodyIsRefused() {
        try (Program program = Program.start(folder, Map.of("HEARTBEAT_TRANSPORT", "memory"), "subscriber")) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.log()).singleElement().asString().contains("HEARTBEAT_TRANSPORT=memory", "rabbitmq or kafka");
        }
    }
}
