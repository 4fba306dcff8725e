package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.heartbeat.services.Ports;
import dev.heartbeat.services.Program;

/** What do those see of each mode who ask as they asked oarepo-heartbeat? */
@SuppressWarnings("try")
class WellKnownIT {
    private static final String READINESS = "/.well-known/heartbeat/readiness";
    private static final String LIVELINESS = "/.well-known/heartbeat/liveliness";
    private static final String ENVIRON = "/.well-known/heartbeat/environ";
    @TempDir
    Path folder;

    private static JsonNode golden(String name) throws IOException {
        return new ObjectMapper().readTree(Path.of("src/test/resources/oh", name).toFile());
    }

    @Test
    void aPublisherWithoutItsBrokerIsNotReadyAndLives() throws IOException {
        Path targets = Files.writeString(folder.resolve("targets.yaml"),
                "heartbeat: { hosts: [ { name: a, host: 127.0.0.1, port: " + Ports.free() + " } ] }");
        try (Program program = Program.start(folder, Map.of("HEARTBEAT_MODE", "publisher", "TARGETS_FILE", targets.toString(),
                "RABBITMQ_HOST", "127.0.0.1", "RABBITMQ_PORT", String.valueOf(Ports.free())))) {
            program.untilNotReady("broker", "127.0.0.1");
            assertThat(program.status(READINESS)).isEqualTo(500);
            JsonNode checks = program.json(READINESS).path("checks");
            assertThat(checks.fieldNames()).toIterable().containsExactlyInAnyOrder("broker", "publishing", "targets", "begun");
            assertThat(checks.path("broker").path("status").asBoolean(true)).isFalse();
            assertThat(checks.path("broker").path("detail").asText()).contains("127.0.0.1");
            assertThat(checks.path("publishing").path("sent").asInt(-1)).isZero();
            assertThat(program.status(LIVELINESS)).isEqualTo(200);
            assertThat(program.json(LIVELINESS)).isEqualTo(golden("liveliness.json"));
            assertThat(program.json(ENVIRON).path("heartbeat").path("mode").asText()).isEqualTo("publisher");
        }
    }

    @Test
    void aSubscriberNamesEachLegThatIsBroken() throws IOException {
        try (Program program = Program.start(folder, Map.of("HEARTBEAT_MODE", "subscriber", "RABBITMQ_HOST", "127.0.0.1",
                "RABBITMQ_PORT", String.valueOf(Ports.free()), "REDIS_HOST", "127.0.0.1", "REDIS_PORT",
                String.valueOf(Ports.free())))) {
            program.untilNotReady("broker", "127.0.0.1");
            assertThat(program.status(READINESS)).isEqualTo(500);
            JsonNode checks = program.json(READINESS).path("checks");
            assertThat(checks.fieldNames()).toIterable().containsExactlyInAnyOrder("broker", "store", "sources", "begun");
            assertThat(checks.path("store").path("status").asBoolean(true)).isFalse();
            assertThat(checks.path("sources").toString()).isEqualTo("{\"status\":true,\"known\":0}");
            assertThat(program.json(LIVELINESS)).isEqualTo(golden("liveliness.json"));
            assertThat(program.json(ENVIRON).path("heartbeat").path("mode").asText()).isEqualTo("subscriber");
        }
    }

    @Test
    void aStandaloneIsReadyAndTellsWhatItIsMadeOf() throws IOException {
        try (Program program = Program.start(folder, Map.of())) {
            program.untilHealth("host", "down-on-purpose", "DOWN");
            assertThat(program.status(READINESS)).isEqualTo(200);
            assertThat(program.json(READINESS).path("checks").path("begun").toString())
                    .isEqualTo("{\"status\":true,\"mode\":\"standalone\"}");
            assertThat(program.status(ENVIRON)).isEqualTo(200);
            JsonNode environ = program.json(ENVIRON);
            assertThat(environ.path("status").asBoolean()).isTrue();
            assertThat(environ.path("java").path(0).asInt()).isEqualTo(Runtime.version().feature());
            assertThat(environ.path("heartbeat").path("version").asText()).isNotBlank();
            assertThat(environ.path("runtime").path("native").asBoolean(true)).isFalse();
            assertThat(environ.has("python")).isFalse();
            libraries(environ.path("libraries"));
        }
    }

    /** Where Maven was offline the build left the document out. */
    private static void libraries(JsonNode libraries) throws IOException {
        if (Files.exists(Path.of("target/classes/META-INF/sbom/application.cdx.json"))) {
            assertThat(libraries).hasSizeGreaterThan(100);
            assertThat(libraries.path("io.quarkus:quarkus-arc").path("version").asText()).matches("\\d+\\.\\d+.*");
            List<String> keys = new ArrayList<>();
            golden("environ.json").path("libraries").path("oarepo").fieldNames().forEachRemaining(keys::add);
            assertThat(libraries).allSatisfy(library -> assertThat(library.fieldNames()).toIterable()
                    .containsExactlyInAnyOrderElementsOf(keys));
            assertThat(libraries.findValues("conflicts")).allMatch(JsonNode::isNull);
        } else {
            assertThat(System.getProperty("heartbeat.maven")).as("the plugin made no document").isEqualTo("offline=true");
            assertThat(libraries).isEmpty();
        }
    }

    @Test
    void whoSaysSoTellsNothingOfTheEnvironmentAndProbesNeedNoPassword() throws IOException {
        try (Program program = Program.start(folder,
                Map.of("ENVIRON_ENABLED", "false", "WEB_USER", "ops", "WEB_PASSWORD", "s3cret", "HEALTH_TIMEOUT", "10.5"))) {
            program.untilReady();
            assertThat(program.status(READINESS)).isEqualTo(200);
            assertThat(program.status(LIVELINESS)).isEqualTo(200);
            assertThat(program.status(ENVIRON)).isEqualTo(401);
            assertThat(program.text(ENVIRON, "ops", "s3cret")).isEqualTo("{\"status\":true,\"libraries\":{}}");
        }
    }
}
