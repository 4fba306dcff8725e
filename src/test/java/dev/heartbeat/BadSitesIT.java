package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpExchange;

import dev.heartbeat.services.Certificates;
import dev.heartbeat.services.Closing;
import dev.heartbeat.services.Database;
import dev.heartbeat.services.KafkaServer;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.Site;

/** What becomes a row of a site with which something is wrong, and do the other sites notice? */
class BadSitesIT {
    private static final byte[] CHUNK = new byte[64 << 10];
    private final Closing open = new Closing();
    @TempDir
    Path folder;
    private final KafkaServer kafka = open.with(KafkaServer.start(Certificates.create().server("dns:localhost")));
    private final Database database = Database.open();
    private final Site good = open.with(Site.open().says(200, "all is well"));
    private final Site missing = open.with(Site.open().says(404, "no such page"));
    private final Site failing = open.with(Site.open().says(500, "broken"));
    private final Site turning = open.with(Site.open(BadSitesIT::redirectsToItself));
    private final Site endless = open.with(Site.open(BadSitesIT::neverEnds));
    private final Site latin = open.with(Site.open(BadSitesIT::speaksLatin));

    @AfterEach
    void end() {
        open.close();
    }

    private static void redirectsToItself(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Location", "/");
            exchange.sendResponseHeaders(302, -1);
        }
    }

    private static void neverEnds(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(CHUNK);
            }
        }
    }

    private static void speaksLatin(HttpExchange exchange) throws IOException {
        byte[] body = "<p>Blåbærsyltetøy</p>".getBytes(StandardCharsets.ISO_8859_1);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=iso-8859-1");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Test
    void eachIsARowWithItsReasonItsStatusAndItsLatency() throws Exception {
        Path targets = Files.writeString(folder.resolve("targets.yaml"), """
                heartbeat:
                  defaults: {timeout: 20s}
                  http:
                    - {name: good, url: "%s", expect: {body: well}}
                    - {name: gone, url: "http://127.0.0.1:1/"}
                    - {name: nowhere, url: "http://no-such-host.invalid/"}
                    - {name: international, url: "http://bücher.invalid/"}
                    - {name: untrusted, url: "https://localhost:%d/"}
                    - {name: missing, url: "%s"}
                    - {name: failing, url: "%s"}
                    - {name: turning, url: "%s"}
                    - {name: endless, url: "%s", expect: {body: never}}
                    - {name: latin, url: "%s", expect: {body: blåbærsyltetøy$|Blåbær}}
                """.formatted(good.url(), kafka.sslPort(), missing.url(), failing.url(), turning.url(), endless.url(),
                latin.url()));
        Program publisher = program("publisher", "TARGETS_FILE", targets.toString(), "PUBLISH_INTERVAL", "1");
        Program subscriber = program("subscriber", "HEARTBEAT_STORE", "memory,postgresql", "DB_DSN", database.uri());
        assertRow("gone", "down", "UNREACHABLE", null, "127.0.0.1");
        assertRow("nowhere", "down", "UNRESOLVED", null, "no-such-host.invalid");
        assertRow("international", "down", "UNRESOLVED", null, "xn--bcher-kva.invalid");
        assertRow("untrusted", "down", "UNTRUSTED", null, "localhost");
        assertRow("missing", "down", "REJECTED", 404, "127.0.0.1");
        assertRow("failing", "down", "REJECTED", 500, "127.0.0.1");
        assertThat(assertRow("turning", "down", "REJECTED", null, "127.0.0.1").get("detail")).asString().contains("redirects");
        assertRow("endless", "down", "MISMATCH", 200, "127.0.0.1");
        assertRow("latin", "up", null, 200, "127.0.0.1");
        assertRow("good", "up", null, 200, "127.0.0.1");
        database.until("select * from heartbeat where name = 'good' and health = 'up' offset 3");
        assertThat(database.rows("select * from heartbeat where name = 'good' and health <> 'up'")).isEmpty();
        assertThat(List.of(publisher.isAlive(), subscriber.isAlive())).containsOnly(true);
    }

    private Map<String, Object> assertRow(String name, String health, String reason, Integer status, String host) {
        Map<String, Object> row = database.until("select * from heartbeat where name = '" + name + "'").get(0);
        assertThat(row).as(name).containsEntry("health", health).containsEntry("reason", reason).containsEntry("host", host);
        if (status != null) {
            assertThat(row).as(name).containsEntry("status_code", status);
            assertThat((Long) row.get("latency_us")).as(name).isPositive();
        }
        return row;
    }

    private Program program(String mode, String... variables) {
        Map<String, String> environment = new java.util.HashMap<>(Map.of("HEARTBEAT_MODE", mode, "HEARTBEAT_TRANSPORT", "kafka",
                "KAFKA_BOOTSTRAP_SERVERS", kafka.address()));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return open.program(folder, environment);
    }
}
