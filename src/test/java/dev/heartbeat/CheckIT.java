package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.heartbeat.services.Database;
import dev.heartbeat.services.Door;
import dev.heartbeat.services.KafkaServer;
import dev.heartbeat.services.Ports;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.RedisServer;
import dev.heartbeat.services.Site;

/** What do the commands answer that ask once: check, and check-config with --connect? */
class CheckIT {
    private static final String VHOST = "check";
    @TempDir
    Path folder;
    private final Site site = Site.open();
    private final Door door = Door.open();

    @AfterEach
    void close() {
        site.close();
        door.close();
    }

    private String targets(String sections) throws IOException {
        return Files.writeString(folder.resolve("targets.yaml"), "heartbeat:\n" + sections).toString();
    }

    private String both() throws IOException {
        return targets("  http: [ { name: site, url: '" + site.url() + "' } ]\n  hosts: [ { name: door, host: 127.0.0.1, port: "
                + door.port() + " } ]\n");
    }

    private Program run(Map<String, String> environment, String... arguments) {
        return Program.start(folder, environment, arguments);
    }

    @Test
    void whereAllAreUpTheTableIsAllThatIsSaid() throws IOException {
        // Its own port is taken, which is no matter to who does not listen.
        String taken = String.valueOf(URI.create(site.url()).getPort());
        try (Program program = run(Map.of("TARGETS_FILE", both(), "QUARKUS_HTTP_PORT", taken, "HEARTBEAT_MODE", "publisher",
                "RABBITMQ_HOST", "no-such-host.invalid"), "check", "--once")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.log()).hasSize(4);
            assertThat(program.log().get(0)).matches("HEARTBEAT OK - 2 of 2 up \\| up=2 down=0 unknown=0 time=\\d+\\.\\d{3}s");
            assertThat(program.log().get(3)).contains("website", "site", site.url(), "up");
        }
        assertThat(site.asked()).isOne();
    }

    @Test
    void whatIsDownIsCriticalInWordsAndAsJson() throws IOException {
        door.shut();
        try (Program program = run(Map.of("TARGETS_FILE", both()), "check", "--json")) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.log()).singleElement()
                    .satisfies(line -> assertThat(new ObjectMapper().readTree(line).get("verdict").asText())
                            .isEqualTo("CRITICAL"));
        }
        try (Program program = run(Map.of("TARGETS_FILE", both()), "check", "website")) {
            assertThat(program.exitCode()).isZero();
            assertThat(program.log().get(0)).startsWith("HEARTBEAT OK - 1 of 1 up");
        }
    }

    @Test
    void whatIsLateIsAWarningAndWhatNobodyKnowsIsUnknown() throws IOException {
        String slow = targets("  http: [ { name: site, url: '" + site.url() + "', expect: { latency: 1ms } } ]\n");
        try (Program program = run(Map.of(), "check", "--targets-file", slow)) {
            assertThat(program.exitCode()).as(program.log().toString()).isEqualTo(1);
            assertThat(program.log().get(0)).startsWith("HEARTBEAT WARNING - 0 of 1 up: website site (SLOW)");
        }
        String queue = targets("  rmq_consumers: [ { queue: inbox, listeners: [ { name: a, tag: b } ] } ]\n");
        try (Program program = run(Map.of(), "check", "--targets-file", queue, "--rabbitmq-management-port",
                String.valueOf(Ports.free()))) {
            assertThat(program.exitCode()).isEqualTo(3);
            assertThat(program.log().get(0)).contains("HEARTBEAT UNKNOWN - 0 of 2 up", "(API_FAILED)");
        }
    }

    @Test
    void aTargetThatHangsIsWaitedForNoLongerThanItsTimeout() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 1)) {
            String file = targets(
                    "  http: [ { name: mute, url: 'http://127.0.0.1:" + mute.getLocalPort() + "', timeout: 300ms } ]\n");
            try (Program program = run(Map.of("TARGETS_FILE", file), "check")) {
                assertThat(program.exitCode()).isEqualTo(2);
                assertThat(program.log().get(0)).contains("(TIMED_OUT)").containsPattern("time=[0-4]\\.");
            }
        }
    }

    private String archive() throws IOException {
        return targets("  health: [ { name: archive, url: '" + site.url() + "' } ]\n");
    }

    @Test
    void theChecksBehindAHealthEndpointCountAsForAPublisher() throws IOException {
        site.says(503, "{\"status\":\"UNKNOWN\",\"components\":{\"db\":{\"status\":\"DOWN\"},\"disk\":{\"status\":\"UP\"}}}");
        try (Program program = run(Map.of("TARGETS_FILE", archive()), "check")) {
            assertThat(program.exitCode()).as(program.log().toString()).isEqualTo(2);
            assertThat(program.log().get(0))
                    .startsWith("HEARTBEAT CRITICAL - 1 of 3 up: health archive/db (UNHEALTHY) | up=1 down=1 unknown=1");
            assertThat(program.log("health  archive/db ")).singleElement().asString().contains(site.url(), "down");
        }
        site.says(200, "{\"status\":\"UP\",\"components\":{\"db\":{\"status\":\"DOWN\"},\"disk\":{\"status\":\"UP\"}}}");
        try (Program program = run(Map.of("TARGETS_FILE", archive()), "check", "--json")) {
            assertThat(program.exitCode()).as(program.log().toString()).isEqualTo(2);
            assertThat(new ObjectMapper().readTree(program.log().get(0)).path("targets").findValuesAsText("name"))
                    .containsExactly("archive", "archive/db", "archive/disk");
        }
    }

    @Test
    void oneOfTheChecksBehindAHealthEndpointCanBeMeant() throws IOException {
        site.says(200, "{\"status\":\"UP\",\"components\":{\"db\":{\"status\":\"DOWN\"},\"disk\":{\"status\":\"UP\"}}}");
        try (Program program = run(Map.of("TARGETS_FILE", archive()), "check", "health/archive/disk")) {
            assertThat(program.exitCode()).as(program.log().toString()).isZero();
            assertThat(program.log().get(0)).startsWith("HEARTBEAT OK - 1 of 1 up");
            assertThat(program.log().get(2)).contains("archive/disk", site.url());
        }
        try (Program program = run(Map.of("TARGETS_FILE", archive()), "check", "archive/none")) {
            assertThat(program.exitCode()).as(program.log().toString()).isEqualTo(3);
            assertThat(program.log().get(0)).startsWith("HEARTBEAT UNKNOWN - 0 of 1 up: health archive/none (MISSING)");
        }
    }

    private Map<String, String> subscriber(Database database) {
        RabbitServer rabbit = RabbitServer.shared();
        rabbit.admin().vhost(VHOST);
        Map<String, String> environment = new HashMap<>(Map.of("HEARTBEAT_MODE", "subscriber", "HEARTBEAT_STORE",
                "redis,postgresql", "RABBITMQ_HOST", "localhost", "RABBITMQ_PORT", String.valueOf(rabbit.port()),
                "RABBITMQ_VHOST", VHOST, "REDIS_HOST", "localhost", "REDIS_PORT", String.valueOf(RedisServer.shared().port()),
                "REDIS_DB", "7", "DB_DSN", database.uri()));
        environment.put("ALERT_WEBHOOK_URL", site.url() + "s3cret");
        return environment;
    }

    @Test
    void everyLegOfASubscriberIsTriedAndNothingIsLeftBehind() {
        Database database = Database.open();
        try (Program program = run(subscriber(database), "check-config", "--connect")) {
            assertThat(program.exitCode()).as(program.log().toString()).isZero();
            assertThat(program.log()).allMatch(line -> line.matches("(ok|warn|subscriber over rabbitmq, store redis, ).*"));
            for (String leg : List.of("broker", "exchange", "queue", "binding", "consume", "parking", "store", "rights",
                    "history", "alerts")) {
                assertThat(program.log()).anyMatch(line -> line.matches("(ok|warn) +" + leg + " .*"));
            }
            assertThat(program.log("s3cret")).isEmpty();
        }
        assertThat(RabbitServer.shared().admin().get("queues/" + VHOST)).isEmpty();
        assertThat(database.rows("select 1 from pg_tables where schemaname = 'public'")).isEmpty();
        assertThat((String) RedisServer.shared().admin().ask("INFO", "keyspace")).doesNotContain("db7");
        assertThat(site.asked()).isZero();
    }

    @Test
    void eachFaultIsALineAndTheOthersAreTriedAllTheSame() {
        Map<String, String> environment = subscriber(Database.open());
        environment.put("RABBITMQ_PASS", "wrong-s3cret");
        environment.put("REDIS_PORT", String.valueOf(Ports.free()));
        environment.put("DB_DSN", environment.get("DB_DSN").replace("postgres@", "nobody@"));
        try (Program program = run(environment, "check-config", "--connect")) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.log("fault broker")).singleElement().asString().contains("refuses user guest or the password");
            assertThat(program.log("fault store")).singleElement().asString().contains("can not be reached");
            assertThat(program.log("fault history")).singleElement().asString().contains("refuses user nobody");
            assertThat(program.log("s3cret")).isEmpty();
        }
    }

    @Test
    void aPublisherTriesTheManagementApiToo() throws IOException {
        RabbitServer rabbit = RabbitServer.shared();
        String queue = targets("  rmq_consumers: [ { queue: inbox, listeners: [ { name: a, tag: b } ] } ]\n");
        Map<String, String> environment = Map.of("HEARTBEAT_MODE", "publisher", "RABBITMQ_PORT",
                String.valueOf(rabbit.port()), "RABBITMQ_MANAGEMENT_PORT", String.valueOf(rabbit.managementPort()));
        try (Program program = run(environment, "check-config", "--connect", "--json", queue)) {
            assertThat(program.exitCode()).as(program.log().toString()).isZero();
            assertThat(program.log()).singleElement().asString().startsWith("{\"ok\":true").contains("\"management\"",
                    "shows user guest all consumers");
        }
    }

    @Test
    void theFileOfThePythonHealthcheckIsTriedInTheRoleThatIsNamed() throws IOException {
        String topic = KafkaServer.name();
        Path file = Files.writeString(folder.resolve("config.yaml"), """
                healthcheck-producer-config:
                  bootstrap_servers: [ "%s" ]
                  security_protocol: PLAINTEXT
                  websites:
                    - { url: "%s", polling_interval_in_seconds: 5, destination_topic: %s }
                healthcheck-consumer-config:
                  bootstrap_servers: [ "localhost:1" ]
                  group_id: g
                  topics: []
                """.formatted(KafkaServer.shared().address(), site.url(), topic));
        try (Program program = run(Map.of("HEARTBEAT_MODE", "publisher"), "check-config", "--connect", file.toString())) {
            assertThat(program.exitCode()).as(program.log().toString()).isZero();
            assertThat(program.log("warn  topic")).singleElement().asString()
                    .contains(topic + " does not exist: a start creates");
        }
        assertThat(KafkaServer.shared().admin().exists(topic)).isFalse();
        assertThat(site.asked()).isZero();
    }
}
