package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heartbeat.services.Door;
import dev.heartbeat.services.Ports;
import dev.heartbeat.services.Program;

/** What do the web settings and the mode make of the same addresses? */
@SuppressWarnings("try")
class WebIT {
    @TempDir
    Path folder;

    private Path targets(int port) throws IOException {
        return Files.writeString(folder.resolve("targets.yaml"),
                "heartbeat: { hosts: [ { name: a/b, host: 127.0.0.1, port: " + port + ", interval: 200ms } ] }");
    }

    @Test
    void aPublisherShowsItsRoundsAndSaysWhatItHasNot() throws IOException {
        try (Program program = Program.start(folder, Map.of("HEARTBEAT_MODE", "publisher", "TARGETS_FILE",
                targets(Ports.free()).toString(), "RABBITMQ_HOST", "127.0.0.1", "RABBITMQ_PORT",
                String.valueOf(Ports.free())))) {
            program.untilHealth("host", "a/b", "DOWN");
            assertThat(program.json("/api/status/publisher").path("targets")).hasSize(1);
            for (String path : new String[] { "/", "/api/transitions", "/api/events", "/heartbeat",
                    "/api/status/publisher/host/a%2Fb", "/api/target?source=publisher&kind=host&name=a", "/targets/x/host/y",
                    "/badge/x/host/y/health.svg" }) {
                JsonNode problem = program.json(path);
                assertThat(problem.path("status").asInt()).as(path).isEqualTo(404);
                assertThat(problem.path("detail").asText()).as(path).startsWith("this is a publisher");
            }
        }
    }

    @Test
    void rsAddressIs200WhenAllIsOkAnd503WhenNot() throws IOException {
        try (Door door = Door.closed();
                Program program = Program.start(folder, Map.of("TARGETS_FILE", targets(door.port()).toString()))) {
            program.untilHealth("host", "a/b", "DOWN");
            assertThat(program.status("/heartbeat")).isEqualTo(503);
            JsonNode missing = program.json("/heartbeat");
            assertThat(missing.path("status").asText()).isEqualTo("MISSING_SERVICES");
            assertThat(missing.path("description").asText()).isEqualTo("Missing one or more services");
            assertThat(missing.path("services").path(0).path("last_seen_ok").isNull()).isTrue();
            door.openAgain();
            program.untilHealth("host", "a/b", "UP");
            assertThat(program.status("/heartbeat")).isEqualTo(200);
            JsonNode ok = program.json("/heartbeat");
            assertThat(ok.path("description").asText()).isEqualTo("All services and queues are up and running");
            assertThat(ok.path("queues")).isEmpty();
            assertThat(ok.path("services").path(0).path("name").asText()).isEqualTo("a/b");
            assertThat(ok.path("services").path(0).path("status").asText()).isEqualTo("ok");
            assertThat(ok.path("services").path(0).path("last_seen_ok").asText())
                    .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC");
        }
    }

    @Test
    void aPasswordInAFileProtectsPageAndApiAndIsNeverLogged() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "s3cret-word\n");
        try (Program program = Program.start(folder,
                Map.of("WEB_USER", "ops", "WEB_PASSWORD_FILE", secret.toString(), "QUARKUS_LOG_LEVEL", "DEBUG"))) {
            program.untilServing();
            assertThat(program.status("/api/status")).isEqualTo(401);
            assertThat(program.status("/q/openapi")).isEqualTo(401);
            assertThat(program.status("/api/status", "ops", "wrong")).isEqualTo(401);
            assertThat(program.status("/api/status", "ops", "wrong")).isEqualTo(401);
            assertThat(program.status("/api/status", "ops", "s3cret-word")).isEqualTo(200);
            program.untilLog("a wrong user or password (WEB_USER, WEB_PASSWORD) from 127.0.0.1");
            assertThat(program.log("a wrong user or password")).hasSize(1);
            assertThat(program.log()).noneMatch(line -> line.contains("s3cret-word"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "WEB_USER", "WEB_PASSWORD" })
    void halfAProtectionDoesNotStart(String variable) {
        try (Program program = Program.start(folder, Map.of(variable, "s3cret-word"))) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.log()).anyMatch(line -> line.startsWith(variable) && line.contains("set both, or neither"));
        }
    }
}
