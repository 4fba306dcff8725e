package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.heartbeat.services.Closing;
import dev.heartbeat.services.Database;
import dev.heartbeat.services.Door;
import dev.heartbeat.services.Hook;
import dev.heartbeat.services.KafkaServer;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.Scrape;
import dev.heartbeat.services.Zone;

/** Does {@code /q/metrics} serve what the README's table promises in each mode, no more and no less, and is it true? */
class PrometheusIT {
    private static final String USER = "ops";
    private static final String PASSWORD = "s3cret-word";
    private static final MetricsTable TABLE = MetricsTable.read();
    private final Closing open = new Closing();
    @TempDir
    Path folder;

    @AfterEach
    void end() {
        open.close();
    }

    private Scrape scrape(Program program) {
        return Scrape.of(program.text("/q/metrics", USER, PASSWORD));
    }

    private Scrape until(Program program, Predicate<Scrape> asked) {
        return Awaitility.await("the metrics are as asked").atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200))
                .until(() -> scrape(program), asked);
    }

    private Scrape untilServed(Program program, Map<String, String> promised) {
        Awaitility.await("what is promised is served").atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(scrape(program).ours()).containsExactlyEntriesOf(promised));
        return scrape(program);
    }

    private static boolean isMore(Double value, double than) {
        return value != null && value > than;
    }

    @Test
    void aPublisherAndASubscriberOverRabbitMqServeTheirs() throws Exception {
        Hook hook = open.with(Hook.open());
        Door door = open.with(Door.open());
        Zone zone = open.with(Zone.of(RabbitServer.shared(), folder)).with("WEB_USER", USER).with("WEB_PASSWORD", PASSWORD)
                .with("PUBLISH_INTERVAL", "500ms");
        zone.attend("inbox", "mq-interceptor");
        Program subscriber = zone.subscriber("HEARTBEAT_STORE", "redis,postgresql", "DB_DSN", Database.open().uri(),
                "ALERT_WEBHOOK_URL", hook.url(), "HISTORY_CANARY", "1s").untilReady();
        Program publisher = zone.publisher("""
                {"heartbeat": {"hosts": [{"host": "127.0.0.1", "port": "%d", "name": "a \\"door\\" \\\\ of ours"}],
                               "rmq_consumers": [{"queue": "inbox", "listeners": [{"tag": "mq", "name": "mq"}]}]}}
                """.formatted(door.port())).untilServing();
        assertThat(publisher.status("/q/metrics")).isEqualTo(401);
        assertThat(publisher.status("/q/metrics", USER, "wrong")).isEqualTo(401);

        Scrape of = untilServed(publisher, TABLE.served("P", "queues", "RabbitMQ", "targets file", "WEB_USER"));
        assertThat(of.value("heartbeat_info", "mode", "publisher", "transport", "rabbitmq")).isEqualTo(1);
        assertThat(of.value("heartbeat_link_up", "side", "out")).isEqualTo(1);
        assertThat(of.value("heartbeat_logins_refused_total")).isEqualTo(1);
        of = until(publisher, now -> isMore(now.value("heartbeat_confirmed_total"), 2));
        assertThat(of.value("heartbeat_sent_total")).isGreaterThanOrEqualTo(of.value("heartbeat_confirmed_total"));
        assertThat(of.value("heartbeat_observations_total", "kind", "consumer", "outcome", "UP", "reason", "none"))
                .isGreaterThan(2);
        assertThat(of.value("heartbeat_management_requests_total")).isGreaterThan(2);
        assertThat(of.value("heartbeat_management_received_bytes_total")).isGreaterThan(100);
        assertThat(of.value("heartbeat_target_health", "name", "a \"door\" \\ of ours", "health", "UP")).isEqualTo(1);

        until(subscriber, now -> isMore(now.value("heartbeat_targets", "health", "UP"), 2));
        door.shut();
        zone.publish("this is no heartbeat".getBytes(StandardCharsets.UTF_8));
        until(subscriber, now -> isMore(now.value("heartbeat_alerts_sent_total", "receiver", "webhook"), 0));
        Scrape heard = untilServed(subscriber, TABLE.served("S", "RabbitMQ", "PostgreSQL", "alerts", "WEB_USER"));
        assertThat(heard.value("heartbeat_transitions_total", "of", "target", "from", "UP", "to", "DOWN")).isEqualTo(1);
        assertThat(heard.value("heartbeat_target_health", "kind", "host", "health", "DOWN")).isEqualTo(1);
        assertThat(heard.value("heartbeat_target_health", "kind", "host", "health", "UP")).isZero();
        assertThat(heard.value("heartbeat_received_total")).isGreaterThan(2);
        assertThat(heard.value("heartbeat_history_rows_written_total", "table", "heartbeat")).isGreaterThan(6);
        assertThat(heard.value("heartbeat_history_canary_age_seconds", "table", "heartbeat")).isBetween(0.0, 20.0);
        assertThat(heard.value("heartbeat_source_age_seconds", "source", "publisher")).isBetween(0.0, 20.0);
        assertThat(heard.value("heartbeat_store_up", "store", "redis")).isEqualTo(1);
        assertThat(heard.value("heartbeat_history_up")).isEqualTo(1);
        assertThat(until(subscriber, now -> isMore(now.value("heartbeat_parked_total"), 0)).value("heartbeat_parked_total"))
                .isEqualTo(1);

        hook.answers(500);
        zone.redis().kill();
        Scrape away = until(subscriber, now -> Double.valueOf(0).equals(now.value("heartbeat_store_up")));
        assertThat(away.value("heartbeat_store_failures_total")).isPositive();
        zone.redis().startAgain();
        until(subscriber, now -> Double.valueOf(1).equals(now.value("heartbeat_store_up")));
        door.openAgain();
        until(subscriber, now -> isMore(now.value("heartbeat_alerts_failed_total"), 0));
    }

    @Test
    void aStandaloneServesBothSides() throws Exception {
        RabbitServer broker = RabbitServer.shared();
        Path targets = Files.writeString(folder.resolve("targets.yaml"), """
                heartbeat:
                  defaults: { interval: 500ms }
                  hosts: [ { name: down, host: 127.0.0.1, port: 1 } ]
                  rmq_consumers: [ { queue: nowhere, listeners: [ { name: nobody, tag: x } ] } ]
                """);
        Map<String, String> environment = new HashMap<>(Map.of("HEARTBEAT_MODE", "standalone", "TARGETS_FILE",
                targets.toString(), "RABBITMQ_HOST", "localhost", "RABBITMQ_MANAGEMENT_PORT",
                String.valueOf(broker.managementPort()), "HEARTBEAT_STORE", "memory,postgresql", "DB_DSN",
                Database.open().uri(),
                "ALERT_SLACK_URL", open.with(Hook.open()).url(), "WEB_USER", USER, "WEB_PASSWORD", PASSWORD, "METRICS_TARGETS",
                "2"));
        Program program = open.with(Program.start(folder, environment));
        Scrape all = untilServed(program,
                without(TABLE.served("A", "queues", "memory", "PostgreSQL", "alerts", "targets file", "WEB_USER"),
                        "heartbeat_target_health"));
        assertThat(all.value("heartbeat_targets_unlisted")).isEqualTo(3);
        assertThat(all.value("heartbeat_targets", "health", "DOWN")).isEqualTo(3);
        assertThat(all.value("heartbeat_link_up")).isEqualTo(2);
        assertThat(program.log("METRICS_TARGETS")).hasSize(1);
    }

    private static Map<String, String> without(Map<String, String> served, String name) {
        served.remove(name);
        return served;
    }

    @Test
    void aSubscriberOfKafkaServesItsOwn() throws Exception {
        KafkaServer kafka = KafkaServer.shared();
        String topic = kafka.topic(1);
        Program program = open.with(Program.start(folder, Map.of("HEARTBEAT_MODE", "subscriber", "HEARTBEAT_TRANSPORT", "kafka",
                "KAFKA_BOOTSTRAP_SERVERS", kafka.address(), "KAFKA_TOPIC", topic, "KAFKA_GROUP_ID", "group-" + topic,
                "HEARTBEAT_STORE", "postgresql", "DB_DSN", Database.open().uri(), "WEB_USER", USER, "WEB_PASSWORD", PASSWORD)));
        program.untilReady();
        String record = "{\"version\":1,\"source\":\"s\",\"at\":\"%1$s\",\"interval\":5,\"boot\":\"b\",\"sequence\":%2$d,"
                + "\"observations\":[{\"kind\":\"website\",\"name\":\"w\",\"outcome\":\"down\",\"reason\":\"SLOW\",\"at\":\"%1$s\"}]}";
        for (String body : List.of(record.formatted("2026-11-21T12:00:05Z", 2), record.formatted("2026-11-21T12:00:05Z", 2),
                record.formatted("2026-11-21T12:00:00Z", 1), "[]")) {
            kafka.admin().produce(topic, "w", body.getBytes(StandardCharsets.UTF_8));
        }
        Scrape heard = until(program, now -> isMore(now.value("heartbeat_parked_total"), 0)
                && isMore(now.value("heartbeat_late_total"), 0));
        assertThat(heard.value("heartbeat_received_total")).isEqualTo(3);
        assertThat(heard.value("heartbeat_duplicate_total")).isEqualTo(1);
        assertThat(heard.value("heartbeat_late_total")).isEqualTo(1);
        assertThat(heard.value("heartbeat_parked_total")).isEqualTo(1);
        untilServed(program, TABLE.served("S", "Kafka", "PostgreSQL", "WEB_USER"));
    }

    /** Who names no format gets the newer one, as every scraper of today asks for. */
    @Test
    void withoutAUserEveryoneIsAnsweredAlsoInOpenMetrics() {
        Program program = open.with(Program.start(folder, Map.of()));
        program.untilHealth("host", "down-on-purpose", "DOWN");
        String text = program.text("/q/metrics");
        assertThat(text).contains("heartbeat_targets{source=\"publisher\",health=\"DOWN\"} 1.0").endsWith("# EOF\n");
        assertThat(program.warnings()).isEmpty();
    }
}
