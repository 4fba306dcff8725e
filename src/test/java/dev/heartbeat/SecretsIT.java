package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.heartbeat.services.Door;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.RedisServer;
import dev.heartbeat.services.Zone;

/** Who can read a password in what the program says? Nobody, however much it is asked to say. */
class SecretsIT {
    private static final String VHOST = "secrets";
    private static final String USER = "keeper";
    private static final String BROKER_SECRET = "br0ker@s3cret/1%2F$$a${b}";
    private static final String REDIS_SECRET = "r3dis@s3cret/1%2F$$a${b}";
    private static final String SITE_SECRET = "s1te-s3cret";
    private static final String COLLECTOR_SECRET = "c0llector-s3cret";
    private static final List<String> ENDPOINTS = List.of("/api/status", "/q/health", "/q/health/live", "/q/health/ready",
            "/q/health/started");
    @TempDir
    Path folder;
    private Zone zone;
    private Door door;

    @BeforeEach
    void open() {
        RabbitServer broker = RabbitServer.shared();
        broker.admin().vhost(VHOST);
        broker.admin().user(USER, BROKER_SECRET, "management");
        broker.admin().permit(VHOST, USER, ".*", ".*", ".*");
        door = Door.open();
        zone = Zone.of(broker, VHOST, RedisServer.start("--requirepass", REDIS_SECRET), folder)
                .with("RABBITMQ_USER", USER).with("QUARKUS_LOG_LEVEL", "DEBUG")
                .with("QUARKUS_LOG_CATEGORY__IO_QUARKUS__LEVEL", "DEBUG").with("PUBLISH_INTERVAL", "500ms")
                .with("RABBITMQ_FIRST_RETRY", "200ms")
                .with("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
                .with("OTEL_EXPORTER_OTLP_HEADERS", "authorization=" + COLLECTOR_SECRET);
    }

    @AfterEach
    void close() {
        zone.close();
        door.close();
    }

    @Test
    void passwordsAreInNoLogAndNoAnswer() throws Exception {
        Path inFile = Files.writeString(folder.resolve("password"), BROKER_SECRET + "\n");
        zone.attend("inbox", "mq");
        Program subscriber = zone.subscriber("RABBITMQ_PASS", BROKER_SECRET, "REDIS_PASSWORD", REDIS_SECRET);
        Program publisher = zone.publisher("""
                heartbeat:
                  hosts: [ { name: door, host: 127.0.0.1, port: %1$d } ]
                  http:
                    - { name: site, url: "http://127.0.0.1:%1$d/", headers: { Authorization: !ENV "Bearer ${SITE_TOKEN}" } }
                  rmq_consumers: [ { queue: inbox, listeners: [ { name: interceptor, tag: mq } ] } ]
                """.formatted(door.port()), "RABBITMQ_PASS", "", "RABBITMQ_PASS_FILE", inFile.toString(), "SITE_TOKEN_FILE",
                Files.writeString(folder.resolve("token"), SITE_SECRET + "\n").toString());
        publisher.untilReady();
        subscriber.untilHealth("consumer", "interceptor", "UP");
        subscriber.untilHealth("host", "door", "UP");
        zone.redis().kill();
        subscriber.untilNotReady("store", "");
        assertSilent(subscriber, publisher);
        zone.redis().startAgain();
        subscriber.untilReady();
        assertSilent(subscriber, publisher);
        subscriber.stop();
        publisher.stop();
        assertThat(subscriber.log("DEBUG")).isNotEmpty();
        assertSilent(subscriber, publisher);
    }

    @Test
    void passwordsThatAreRefusedAreNotToldEither() {
        Program subscriber = zone.subscriber("RABBITMQ_PASS", "br0ker@s3cret/2", "REDIS_PASSWORD", "r3dis@s3cret/2");
        subscriber.untilNotReady("broker", "refuses user " + USER + " or the password (RABBITMQ_USER, RABBITMQ_PASS)");
        subscriber.untilNotReady("store", "WRONGPASS");
        assertSilent(subscriber);
    }

    private static void assertSilent(Program... programs) {
        List<String> told = List.of("s3cret", basic(BROKER_SECRET), basic(REDIS_SECRET), "br0ker", "r3dis@");
        for (Program program : programs) {
            for (String secret : told) {
                assertThat(program.log(secret)).isEmpty();
                ENDPOINTS.forEach(path -> assertThat(program.text(path)).as(path).doesNotContain(secret));
            }
        }
    }

    private static String basic(String password) {
        return Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
