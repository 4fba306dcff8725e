package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.services.Certificates;
import dev.heartbeat.services.Closing;
import dev.heartbeat.services.Database;
import dev.heartbeat.services.KafkaServer;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.Site;

/** Do sites become rows where the broker wants TLS, a certificate or a password? */
class SecureLogIT {
    private static final Certificates OURS = Certificates.create();
    private static final String BY_CERTIFICATE = "healthcheck-client";
    private static KafkaServer kafka;
    private final Closing open = new Closing();
    @TempDir
    Path folder;
    private final Database database = Database.open();
    private final Site site = open.with(Site.open().says(200, "google says hello"));
    private final String topic = KafkaServer.name();

    @BeforeAll
    static void startBroker() {
        kafka = KafkaServer.start(OURS.server("dns:localhost"));
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @AfterEach
    void end() {
        open.close();
    }

    /** Its variables name the broker, three files and the database; of the sites only the addresses are others. */
    @Test
    void theSampleForRemoteServicesWorksWithAClientCertificate() throws Exception {
        String sample = Files.readString(Path.of("src/test/resources/kp/remote-services-config.yaml"))
                .replace("https://www.google.com", site.url()).replace("https://www.amazon.com", site.url() + "amazon")
                .replaceAll("polling_interval_in_seconds: \\d+", "polling_interval_in_seconds: 1")
                .replace("healthcheck-topic-cloud-providers", topic);
        Path file = Files.writeString(folder.resolve("remote.yaml"), sample);
        Certificates.Pair client = OURS.client(BY_CERTIFICATE);
        Map<String, String> environment = Map.of("KAFKA_BOOTSTRAP_SERVER", "localhost:" + kafka.sslPort(), "CA_FILE",
                client.authority().toString(), "CERT_FILE", client.certificate().toString(), "KEY_FILE",
                client.key().toString(), "POSTGRES_CONNECTION_URI", database.uri());
        // Only who comes with that certificate may write, so what arrives came with it.
        kafka.admin().allow("CN=" + BY_CERTIFICATE, ResourceType.TOPIC, topic, AclOperation.ALL);
        kafka.admin().allow("CN=" + BY_CERTIFICATE, ResourceType.GROUP, "healthcheck-cloud-group", AclOperation.ALL);
        kafka.admin().allow("CN=" + BY_CERTIFICATE, ResourceType.GROUP, "healthcheck-cloud-group.HealthCheckReplica",
                AclOperation.ALL);
        Program producer = open.program(folder, environment, "--producer", "-c", file.toString());
        open.program(folder, environment, "--consumer", "-c", file.toString());
        for (String table : List.of("\"HealthCheck\"", "\"HealthCheckReplica\"")) {
            assertThat(database.until("select * from " + table + " where status_code = 200 and uri = '" + site.url()
                    + "'").get(0))
                    .containsEntry("status_code", 200).containsEntry("regex_match", true);
            assertThat(database.until("select * from " + table + " where status_code = 200 and uri = '" + site.url()
                    + "amazon'").get(0))
                    .containsEntry("regex_match", false);
        }
        assertThat(producer.warnings()).isEmpty();
    }

    /** Each interval is a message of its own, and that of the closed topic is the first to be sent. */
    @Test
    void aTopicThatTakesNothingSilencesNoSiteWithAnother() throws Exception {
        String closed = kafka.topic(1);
        Certificates.Pair client = OURS.client(BY_CERTIFICATE);
        kafka.admin().deny("CN=" + BY_CERTIFICATE, ResourceType.TOPIC, closed, AclOperation.WRITE);
        kafka.admin().allow("CN=" + BY_CERTIFICATE, ResourceType.TOPIC, closed, AclOperation.DESCRIBE);
        Path file = Files.writeString(folder.resolve("sites.yaml"), """
                healthcheck-producer-config:
                  bootstrap_servers: ["localhost:%d"]
                  security_protocol: "SSL"
                  ssl_cafile: %s
                  ssl_certfile: %s
                  ssl_keyfile: %s
                  websites:
                    - {url: "%s", polling_interval_in_seconds: 1, destination_topic: %s}
                    - {url: "%sopen", polling_interval_in_seconds: 2, destination_topic: %s}
                """.formatted(kafka.sslPort(), client.authority(), client.certificate(), client.key(), site.url(), closed,
                site.url(), topic));
        Program producer = open.program(folder, Map.of(), "--producer", "-c", file.toString());
        await(topic, 3);
        assertThat(kafka.admin().records(closed)).isEmpty();
        assertThat(producer.log("the broker does not allow us topic " + closed)).hasSizeBetween(1, 3);
        kafka.admin().undeny("CN=" + BY_CERTIFICATE, ResourceType.TOPIC, closed, AclOperation.WRITE);
        kafka.admin().allow("CN=" + BY_CERTIFICATE, ResourceType.TOPIC, closed, AclOperation.WRITE);
        await(closed, 5);
    }

    private void await(String name, int records) {
        Awaitility.await(records + " records in " + name).atMost(Duration.ofSeconds(90)).until(() -> kafka.admin().exists(name)
                && kafka.admin().records(name).size() >= records);
    }

    @ParameterizedTest
    @ValueSource(strings = { "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512" })
    void aPasswordOverTlsWorksInBothRoles(String mechanism) throws Exception {
        Path password = Files.writeString(folder.resolve("password"), KafkaServer.PASSWORD + "\n");
        Path targets = Files.writeString(folder.resolve("targets.yaml"),
                "heartbeat: {http: [{name: site, url: \"" + site.url() + "\"}]}");
        Map<String, String> link = Map.of("HEARTBEAT_TRANSPORT", "kafka", "KAFKA_TOPIC", topic, "KAFKA_GROUP_ID", topic,
                "KAFKA_BOOTSTRAP_SERVERS", "localhost:" + kafka.saslSslPort(), "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "KAFKA_SSL_CA_FILE",
                OURS.authority().toString(), "KAFKA_SASL_MECHANISM", mechanism, "KAFKA_SASL_USERNAME", KafkaServer.USER,
                "KAFKA_SASL_PASSWORD_FILE", password.toString());
        Program publisher = program(link, "HEARTBEAT_MODE", "publisher", "TARGETS_FILE", targets.toString(),
                "PUBLISH_INTERVAL", "1");
        Program subscriber = program(link, "HEARTBEAT_MODE", "subscriber", "HEARTBEAT_STORE", "memory,postgresql", "DB_DSN",
                database.uri());
        assertThat(database.until("select * from heartbeat where name = 'site'").get(0)).containsEntry("health", "up");
        subscriber.untilHealth("website", "site", "UP");
        for (Program program : List.of(publisher, subscriber)) {
            assertThat(program.log(KafkaServer.PASSWORD)).isEmpty();
            assertThat(program.warnings()).isEmpty();
        }
    }

    private Program program(Map<String, String> link, String... variables) {
        Map<String, String> environment = new HashMap<>(link);
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return open.program(folder, environment);
    }
}
