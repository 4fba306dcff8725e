package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;

import dev.heartbeat.services.Door;
import dev.heartbeat.services.Ports;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.RedisServer;
import dev.heartbeat.services.Zone;

/** What does a heartbeat become on its way from a publisher over RabbitMQ to a subscriber and into Redis? */
class PipelineIT {
    private static final String PH_TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC";
    @TempDir
    Path folder;
    private Zone zone;

    @BeforeEach
    void open() {
        zone = Zone.of(RabbitServer.shared(), folder);
    }

    @AfterEach
    void close() {
        zone.close();
    }

    /** The default vhost, nothing declared, and no variable that PH does not have. */
    @Test
    void onPhsVariablesAloneThePublisherMayStartFirst() throws Exception {
        try (Zone plain = Zone.of(RabbitServer.shared(), "/", RedisServer.start(), folder); Door door = Door.open()) {
            plain.with("RABBITMQ_QUEUE", "phs own/queue").with("RABBITMQ_ROUTING_KEY", "phs.own");
            plain.attend("inbox/1 a", "mq-interceptor-7");
            Program publisher = plain.publisher("""
                    {"heartbeat": {
                      "hosts": [{"host": "127.0.0.1", "port": "%d", "name": "sda-doa"},
                                {"host": "127.0.0.1", "port": %d, "name": "sda-db"}],
                      "rmq_consumers": [{"queue": "inbox/1 a", "listeners": [{"tag": "interceptor", "name": "mq"}]}]}}
                    """.formatted(door.port(), Ports.free()), "PUBLISH_INTERVAL", "1");
            JsonNode own = publisher.untilHealth("host", "sda-db", "DOWN");
            Program subscriber = plain.subscriber();
            JsonNode status = subscriber.untilHealth("queue", "inbox/1 a", "UP");
            assertThat(Program.target(own, "host", "sda-doa").path("health").asText()).isEqualTo("UP");
            assertThat(Program.target(status, "publisher", "host", "sda-doa").path("health").asText()).isEqualTo("UP");
            assertThat(Program.target(status, "publisher", "host", "sda-db").path("reason").asText()).isEqualTo("UNREACHABLE");
            assertThat(Program.target(status, "publisher", "consumer", "mq").path("health").asText()).isEqualTo("UP");
            assertThat(plain.keys().phKeys()).containsOnlyKeys("service:sda-doa:ok", "service:sda-db:not_ok", "service:mq:ok",
                    "queue:inbox/1 a:ok").allSatisfy((key, value) -> assertThat(value).matches(PH_TIME));
            assertThat(publisher.untilReady().stop()).isZero();
            assertThat(subscriber.untilReady().stop()).isZero();
        }
    }

    @Test
    void theSubscriberMayStartFirstAndHearsEveryKindOfTargetInOneFile() throws Exception {
        Program subscriber = zone.subscriber().untilReady();
        HttpServer site = site();
        zone.attend("inbox", "mq-interceptor");
        try (Door door = Door.open()) {
            Program publisher = zone.publisher("""
                    heartbeat:
                      defaults: { interval: 500ms }
                      hosts: [ { name: database, host: 127.0.0.1, port: %d } ]
                      http:
                        - { name: portal, url: "http://127.0.0.1:%2$d/", expect: { status: 200, body: "Sign.in" } }
                        - { name: broken, url: "http://127.0.0.1:%2$d/missing" }
                      rmq_consumers:
                        - { queue: inbox, listeners: [ { name: mq-interceptor, tag: "^mq-" } ] }
                    """.formatted(door.port(), site.getAddress().getPort()));
            subscriber.untilHealth("website", "portal", "UP");
            JsonNode broken = subscriber.untilHealth("website", "broken", "DOWN");
            assertThat(Program.target(broken, "website", "broken").path("reason").asText()).isEqualTo("REJECTED");
            assertThat(Program.target(broken, "website", "broken").path("detail").asText()).contains("404");
            subscriber.untilHealth("consumer", "mq-interceptor", "UP");
            assertThat(zone.keys().phKeys()).containsOnlyKeys("service:database:ok", "service:portal:ok",
                    "service:broken:not_ok", "service:mq-interceptor:ok", "queue:inbox:ok");
            door.shut();
            publisher.untilHealth("host", "database", "DOWN");
            assertThat(publisher.stop()).isZero();
            // The last round before the end is not lost, although nothing comes after it.
            subscriber.untilHealth("host", "database", "DOWN");
            assertThat(zone.keys().phKeys()).containsKey("service:database:not_ok").doesNotContainKey("service:database:ok");
        } finally {
            site.stop(0);
        }
    }

    private static HttpServer site() throws Exception {
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            boolean found = exchange.getRequestURI().getPath().equals("/");
            byte[] body = "<h1>Sign in</h1>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(found ? 200 : 404, found ? body.length : -1);
            if (found) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        site.start();
        return site;
    }

    /** A user tagged only management sees no list of consumers, and its publisher tells the three apart all the same. */
    @Test
    void aMissingQueueAMissingListenerAndASilentApiAreThreeReasons() throws Exception {
        zone.broker().admin().user("watcher", "watcher", "management");
        zone.broker().admin().permit(zone.vhost(), "watcher", ".*", ".*", ".*");
        zone.broker().admin().queue(zone.vhost(), "empty", Map.of());
        zone.attend("inbox", "mq-interceptor");
        zone.with("RABBITMQ_USER", "watcher").with("RABBITMQ_PASS", "watcher").with("PUBLISH_INTERVAL", "500ms");
        Program subscriber = zone.subscriber();
        zone.publisher("""
                {"heartbeat": {"rmq_consumers": [
                  {"queue": "inbox", "listeners": [{"tag": "mq", "name": "interceptor"}]},
                  {"queue": "absent", "listeners": [{"tag": "mq", "name": "lost"}]},
                  {"queue": "empty", "listeners": [{"tag": "mq", "name": "asleep"}]}]}}
                """);
        JsonNode status = subscriber.untilHealth("consumer", "interceptor", "UP");
        assertThat(Program.target(status, "consumer", "asleep").path("reason").asText()).isEqualTo("UNATTENDED");
        assertThat(Program.target(status, "consumer", "lost").path("reason").asText()).isEqualTo("MISSING");
        zone.publisher("{\"heartbeat\": {\"rmq_consumers\": [{\"queue\": \"inbox\", \"listeners\": "
                + "[{\"tag\": \"mq\", \"name\": \"interceptor\"}]}]}}", "HEARTBEAT_SOURCE", "blind", "RABBITMQ_MANAGEMENT_PORT",
                String.valueOf(Ports.free()));
        status = subscriber.untilHealth("blind", "consumer", "interceptor", "UNKNOWN");
        assertThat(Program.target(status, "blind", "consumer", "interceptor").path("reason").asText()).isEqualTo("API_FAILED");
        assertThat(Program.target(status, "publisher", "consumer", "interceptor").path("health").asText()).isEqualTo("UP");
        assertThat(zone.keys().phKeys()).as("worst of both sources").containsKeys("service:interceptor:not_ok",
                "queue:inbox:not_ok").doesNotContainKeys("service:interceptor:ok", "queue:inbox:ok");
    }

    @Test
    void whatLeavesTheFileIsRetiredWhenThePublisherStartsAgain() throws Exception {
        try (Door door = Door.open()) {
            String host = "{\"host\": \"127.0.0.1\", \"port\": " + door.port() + ", \"name\": \"%s\"}";
            Program subscriber = zone.with("PUBLISH_INTERVAL", "500ms").with("STALE_AFTER", "2m").subscriber();
            Program publisher = zone.publisher("{\"heartbeat\": {\"hosts\": [" + host.formatted("stays") + ", "
                    + host.formatted("leaves") + "]}}");
            subscriber.untilHealth("host", "leaves", "UP");
            assertThat(publisher.stop()).isZero();
            zone.publisher("{\"heartbeat\": {\"hosts\": [" + host.formatted("stays") + "]}}");
            subscriber.untilLog("host leaves of publisher is retired, was UP");
            JsonNode status = subscriber.untilStatus(answer -> answer.path("targets").size() == 1);
            assertThat(Program.target(status, "host", "stays").path("health").asText()).isEqualTo("UP");
            assertThat(zone.keys().phKeys()).containsOnlyKeys("service:stays:ok");
            assertThat(subscriber.log("is retired")).hasSize(1);
            assertThat(zone.keys().transitions()).hasSize(1);
        }
    }

    @Test
    void bothRolesStartOnOneHostWhenNobodyChosePorts() throws Exception {
        try (Door door = Door.open()) {
            Program subscriber = zone.with("PUBLISH_INTERVAL", "500ms").with(Program.DEFAULT_PORT, "yes").subscriber();
            subscriber.untilLog("subscriber runs");
            Program publisher = zone.publisher(
                    "{\"heartbeat\": {\"hosts\": [{\"host\": \"127.0.0.1\", \"port\": " + door.port() + "}]}}");
            publisher.untilLog("publisher runs");
            assertThat(publisher.port()).isNotEqualTo(subscriber.port());
            subscriber.untilHealth("host", "127.0.0.1", "UP");
            assertThat(publisher.log("is taken, so this one serves on " + publisher.port())).hasSize(1);
            assertThat(publisher.status("/q/health/started")).isEqualTo(200);
        }
    }
}
