package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.heartbeat.services.Door;
import dev.heartbeat.services.KafkaServer;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.Site;
import dev.heartbeat.services.Zone;

/** What does one see of another program's own health checks? */
class HealthIT {
    private static final String UP = "{\"status\":true,\"checks\":{\"Database\":{\"status\":true},\"Index\":{\"status\":true}}}";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private static String golden(String name) throws IOException {
        try (InputStream file = HealthIT.class.getResourceAsStream("/health/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path targets(String url) throws IOException {
        return Files.writeString(folder.resolve("targets.yaml"), "heartbeat: { health: [ { name: inner, url: \"" + url
                + "\", interval: 300ms, timeout: 2s } ] }");
    }

    @Test
    void eachCheckOfAnotherHeartbeatIsATargetAndUnknownOnceThatIsGone() throws IOException {
        try (Program inner = Program.start(folder, Map.of()).untilReady()) {
            JsonNode ready = inner.json("/q/health/ready");
            String url = "http://127.0.0.1:" + inner.port() + "/q/health/ready";
            try (Program outer = Program.start(folder, Map.of("TARGETS_FILE", targets(url).toString(), "STALE_AFTER", "2s"))) {
                String first = "inner/" + ready.path("checks").path(0).path("name").asText();
                JsonNode status = outer.untilHealth("health", first, "UP");
                assertThat(ready.path("checks")).isNotEmpty().allSatisfy(check -> assertThat(Program
                        .target(status, "health", "inner/" + check.path("name").asText()).path("health").asText())
                        .isEqualTo("UP"));
                assertThat(status.path("targets")).hasSize(1 + ready.path("checks").size());
                assertThat(outer.text("/")).contains("Health checks", "inner/");
                assertThat(outer.json("/api/status?kind=health&name=inner/*").path("targets"))
                        .hasSize(ready.path("checks").size());

                inner.kill();

                JsonNode gone = outer.untilHealth("health", first, "UNKNOWN");
                assertThat(Program.target(gone, "health", "inner").path("health").asText()).isEqualTo("DOWN");
                assertThat(Program.target(gone, "health", first).path("reason").asText()).isEqualTo("UNREACHABLE");
                assertThat(Program.target(gone, "health", first).path("detail").asText())
                        .isEqualTo("inner could not be read: connection refused by 127.0.0.1:" + inner.port());
                assertThat(outer.log("ERROR")).isEmpty();
            }
        }
    }

    @Test
    void oarepoHeartbeatIsRead() throws IOException {
        try (Site site = Site.open().says(500, golden("oarepo-failing.json"));
                Program program = Program.start(folder, Map.of("TARGETS_FILE", targets(site.url()).toString()))) {
            JsonNode status = program.untilHealth("health", "inner/Database", "DOWN");

            assertThat(Program.target(status, "health", "inner/Database").path("reason").asText()).isEqualTo("UNHEALTHY");
            assertThat(Program.target(status, "health", "inner/Database").path("detail").asText())
                    .isEqualTo("Error accessing database");
            site.says(200, UP);
            program.untilHealth("health", "inner/Database", "UP");
            program.untilHealth("health", "inner/Index", "UP");
            site.says(200, UP.replace("Index", "Search"));
            JsonNode missing = program.untilHealth("health", "inner/Index", "DOWN");
            assertThat(Program.target(missing, "health", "inner/Index").path("reason").asText()).isEqualTo("MISSING");
        }
    }

    /** Ours speaks both forms, and of the same checks. */
    @Test
    void theOtherFormOfAnotherHeartbeatSaysTheSame() throws IOException {
        try (Program inner = Program.start(folder, Map.of()).untilReady()) {
            String url = "http://127.0.0.1:" + inner.port() + "/.well-known/heartbeat/readiness";
            try (Program outer = Program.start(folder, Map.of("TARGETS_FILE", targets(url).toString()))) {
                for (JsonNode check : inner.json("/q/health/ready").path("checks")) {
                    outer.untilHealth("health", "inner/" + check.path("name").asText(), "UP");
                }
                outer.untilHealth("health", "inner", "UP");
            }
        }
    }

    @Test
    void overKafkaAChecksRecordsHaveTheAddressAndTheTopicOfItsEndpoint() throws Exception {
        KafkaServer kafka = KafkaServer.shared();
        String topic = KafkaServer.name();
        try (Site site = Site.open().says(200, UP)) {
            Path file = Files.writeString(folder.resolve("targets.yaml"), "heartbeat: { health: [ { name: inner, url: \""
                    + site.url() + "\", interval: 300ms, topic: " + topic + " } ] }");
            try (Program publisher = Program.start(folder, Map.of("HEARTBEAT_MODE", "publisher", "HEARTBEAT_TRANSPORT", "kafka",
                    "KAFKA_BOOTSTRAP_SERVERS", kafka.address(), "KAFKA_TOPIC", KafkaServer.name(), "TARGETS_FILE",
                    file.toString()))) {
                Awaitility.await().atMost(Duration.ofSeconds(60))
                        .until(() -> kafka.admin().exists(topic) && kafka.admin().records(topic).size() > 5);
                Map<String, String> keys = new TreeMap<>();
                for (var record : kafka.admin().records(topic)) {
                    JsonNode said = JSON.readTree(record.value()).path("observations").path(0);
                    keys.put(said.path("kind").asText() + " " + said.path("name").asText(), record.key());
                }
                assertThat(keys).isEqualTo(Map.of("health inner", site.url(), "health inner/Database", site.url(),
                        "health inner/Index", site.url()));
                assertThat(publisher.isAlive()).isTrue();
            }
        }
    }

    /** A publisher keeps nothing: what it has not been told again it must not have retired. */
    @Test
    void aPublisherThatStartsWhileItsEndpointIsAwayRetiresNoCheck() throws Exception {
        try (Zone zone = Zone.of(RabbitServer.shared(), folder);
                Site site = Site.open().says(200, UP);
                Door door = Door.open()) {
            String targets = "heartbeat:\n  defaults: { interval: 300ms }\n  hosts: [ { name: db, host: 127.0.0.1, port: "
                    + door.port() + " } ]\n  health: [ { name: inner, url: \"" + site.url() + "\" } ]\n";
            Program subscriber = zone.subscriber();
            Program publisher = zone.publisher(targets);
            subscriber.untilHealth("health", "inner/Index", "UP");
            assertThat(publisher.stop()).isZero();
            site.says(404, "gone");

            publisher = zone.publisher(targets);
            subscriber.untilHealth("health", "inner", "DOWN");
            subscriber.untilHealth("health", "inner/Index", "STALE");
            assertThat(subscriber.log("is retired")).isEmpty();

            site.says(200, UP.replace("Index", "Search"));
            subscriber.untilHealth("health", "inner/Search", "UP");
            subscriber.untilLog("health inner/Index of publisher is retired");
            JsonNode status = subscriber.untilHealth("health", "inner/Database", "UP");
            assertThat(status.path("targets")).hasSize(4);
            assertThat(zone.keys().phKeys()).containsOnlyKeys("service:db:ok");
            assertThat(subscriber.json("/heartbeat").path("services")).hasSize(1);
            assertThat(publisher.stop()).isZero();
        }
    }
}
