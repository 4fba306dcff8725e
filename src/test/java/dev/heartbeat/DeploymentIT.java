package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;

import dev.heartbeat.services.Certificates;
import dev.heartbeat.services.Door;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.RedisServer;

/**
 * Does it work where PH is known to work? Its one public deployment: TLS with a private authority, a vhost of its own, an
 * exchange
 * and ten queues that somebody else declared. The variables are that deployment's, but for addresses: a test's ports are free
 * ones, so that RABBITMQ_TLS_PORT, which is not set there, has to be.
 */
class DeploymentIT {
    private static final String VHOST = "test";
    private static final String USER = "admin";
    private static final String PASSWORD = "guestpass";
    private static final List<String> QUEUES = List.of("inbox", "verified", "completed", "error", "ingest", "archived",
            "accessionIDs", "mappings", "files", "heartbeat");
    private static final Map<String, String> CONSUMERS = Map.of("inbox", "mq-interceptor", "verified", "mq-interceptor",
            "completed", "mq-interceptor", "error", "mq-interceptor", "ingest", "sda-ingest", "archived", "sda-verify",
            "accessionIDs", "sda-finalize", "mappings", "sda-mapper", "files", "sda-intercept");
    private static final Certificates CERTIFICATES = RabbitServer.certificates();
    private static RabbitServer broker;
    private static Connection services;
    @TempDir
    Path folder;
    private RedisServer redis;
    private Door doa;
    private Door db;

    @BeforeAll
    static void deploy() throws Exception {
        broker = RabbitServer.own();
        broker.admin().vhost(VHOST);
        broker.admin().user(USER, PASSWORD, "administrator");
        broker.admin().permit(VHOST, USER, ".*", ".*", ".*");
        broker.admin().exchange(VHOST, "sda", "topic");
        for (String queue : QUEUES) {
            broker.admin().queue(VHOST, queue, Map.of());
        }
        services = broker.connect(VHOST);
        for (Map.Entry<String, String> consumer : CONSUMERS.entrySet()) {
            Channel channel = services.createChannel();
            channel.basicConsume(consumer.getKey(), true, consumer.getValue(), (tag, message) -> {
            }, tag -> {
            });
        }
    }

    @AfterAll
    static void remove() {
        services.abort();
    }

    @BeforeEach
    void open() {
        broker = RabbitServer.own();
        redis = RedisServer.start();
        doa = Door.open();
        db = Door.open();
    }

    @AfterEach
    void close() {
        redis.close();
        doa.close();
        db.close();
    }

    private Map<String, String> environment(Path authority) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("RABBITMQ_HOST", "localhost");
        environment.put("RABBITMQ_PORT", String.valueOf(broker.tlsPort()));
        environment.put("RABBITMQ_USER", USER);
        environment.put("RABBITMQ_PASS", PASSWORD);
        environment.put("RABBITMQ_VHOST", VHOST);
        environment.put("RABBITMQ_EXCHANGE", "sda");
        environment.put("RABBITMQ_QUEUE", "heartbeat");
        environment.put("RABBITMQ_ROUTING_KEY", "sda_heartbeat");
        environment.put("RABBITMQ_TLS", "true");
        environment.put("RABBITMQ_TLS_PORT", String.valueOf(broker.tlsPort()));
        environment.put("RABBITMQ_CA_CERT_PATH", authority.toString());
        return environment;
    }

    private Program publisher(Path authority) throws IOException {
        String targets;
        try (InputStream reference = DeploymentIT.class.getResourceAsStream("/ph/reference_config.json")) {
            targets = new String(reference.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\"doa\", \"port\": \"8080\"", "\"localhost\", \"port\": \"" + doa.port() + "\"")
                    .replace("\"db\", \"port\": \"5432\"", "\"localhost\", \"port\": \"" + db.port() + "\"");
        }
        Path file = Files.writeString(folder.resolve("publisher_config.json"), targets);
        Map<String, String> environment = environment(authority);
        environment.put("PUBLISH_INTERVAL", "60");
        environment.put("RABBITMQ_MANAGEMENT_PORT", String.valueOf(broker.managementTlsPort()));
        environment.put("PUBLISHER_CONFIG_PATH", file.toString());
        return Program.start(folder, environment);
    }

    private Program subscriber(Path authority) {
        Map<String, String> environment = environment(authority);
        environment.put("HEARTBEAT_MODE", "subscriber");
        environment.put("REDIS_HOST", "localhost");
        environment.put("REDIS_PORT", String.valueOf(redis.port()));
        environment.put("REDIS_DB", "0");
        return Program.start(folder, environment);
    }

    /** One round a minute: what it found, the first has found. */
    @Test
    void everythingIsOkFromEndToEnd() throws Exception {
        Awaitility.await("the broker's statistics know the consumers").atMost(Duration.ofSeconds(60)).until(() -> broker.admin()
                .get("consumers/" + VHOST).size() == CONSUMERS.size());
        try (Program subscriber = subscriber(CERTIFICATES.authority());
                Program publisher = publisher(CERTIFICATES.authority())) {
            JsonNode status = subscriber.untilStatus(answer -> !answer.path("targets").isEmpty());
            assertThat(status.path("targets").findValuesAsText("health")).hasSize(17).containsOnly("UP");
            assertThat(redis.admin().phKeys()).containsOnlyKeys("service:sda-doa:ok", "service:sda-db:ok",
                    "service:mq-interceptor:ok", "service:sda-ingest:ok", "service:sda-verify:ok", "service:sda-finalize:ok",
                    "service:sda-mapper:ok", "service:sda-intercept:ok", "queue:inbox:ok", "queue:verified:ok",
                    "queue:completed:ok", "queue:error:ok", "queue:ingest:ok", "queue:archived:ok", "queue:accessionIDs:ok",
                    "queue:mappings:ok", "queue:files:ok");
            assertThat(publisher.untilReady().warnings()).filteredOn(line -> !line.contains("HEARTBEAT_MODE")).isEmpty();
            assertThat(subscriber.untilReady().warnings()).isEmpty();
            assertThat(publisher.stop()).isZero();
            assertThat(subscriber.stop()).isZero();
        }
    }

    @Test
    void anAuthorityThatDidNotSignIsNamedInLogAndReadiness() throws Exception {
        Path stranger = Certificates.create().authority();
        String words = "is signed by nobody whom " + stranger + " (RABBITMQ_CA_CERT_PATH) trusts";
        try (Program subscriber = subscriber(stranger); Program publisher = publisher(stranger)) {
            subscriber.untilNotReady("broker", words).untilLog(words);
            publisher.untilNotReady("broker", words).untilLog(words);
            JsonNode status = publisher.untilHealth("queue", "inbox", "UNKNOWN");
            assertThat(Program.target(status, "queue", "inbox").path("reason").asText()).isEqualTo("API_FAILED");
            assertThat(Program.target(status, "queue", "inbox").path("detail").asText()).contains("TLS handshake", "trust");
            assertThat(Program.target(status, "host", "sda-doa").path("health").asText()).isEqualTo("UP");
        }
    }

    @Test
    void aCertificateForAnotherHostIsNamedInLogAndReadiness() throws Exception {
        broker.present(CERTIFICATES.server("dns:mq.example.org"));
        try (Program subscriber = subscriber(CERTIFICATES.authority());
                Program publisher = publisher(CERTIFICATES.authority())) {
            String words = "the broker's certificate is not for localhost (RABBITMQ_HOST)";
            subscriber.untilNotReady("broker", words).untilLog(words);
            publisher.untilNotReady("broker", words).untilLog(words);
            JsonNode status = publisher.untilHealth("queue", "inbox", "UNKNOWN");
            assertThat(Program.target(status, "queue", "inbox").path("reason").asText()).isEqualTo("API_FAILED");
        }
    }
}
