package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.heartbeat.services.Closing;
import dev.heartbeat.services.Database;
import dev.heartbeat.services.KafkaServer;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.Site;

/** Do the commands of the Service health checker do their job: from a site over a topic into the table {@code test}? */
class MetricsFlowIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Closing open = new Closing();
    @TempDir
    Path folder;
    private final KafkaServer kafka = KafkaServer.shared();
    private final Site site = open.with(Site.open().says(200, "foobar is the first word"));
    private final String topic = kafka.topic(1);
    private final Database database = Database.open();

    @AfterEach
    void end() {
        open.close();
    }

    /** Its own search began at the ninth character, and never found what stands before. */
    @Test
    void pubAsksAndSubWritesItsTable() throws Exception {
        Program pub = program("pub", "--kafka-broker", kafka.address(), "--kafka-topic", topic, "--target", site.url(),
                "--delay",
                "0.5", "--timeout", "5", "--pattern", "foobar");
        Program sub = program("sub", "--kafka-broker", kafka.address(), "--kafka-topic", topic, "--postgresql-dsn",
                "host=localhost port=" + database.server().port() + " user=postgres password=postgres dbname="
                        + database.name());
        Map<String, Object> row = database.until("select * from test where target_url = '" + site.url() + "'").get(0);
        assertThat(row.keySet()).containsExactly("timestamp", "target_url", "http_status", "latency_ms", "error_text",
                "pattern",
                "is_pattern_found");
        assertThat(row).containsEntry("target_url", site.url()).containsEntry("http_status", 200)
                .containsEntry("pattern", "foobar").containsEntry("is_pattern_found", true).containsEntry("error_text", null);
        site.says(503, "later");
        assertThat(database.until("select * from test where http_status = 503").get(0).get("error_text")).isNotNull();
        sub.untilHealth("website", site.url(), "DOWN");
        assertThat(pub.isAlive()).isTrue();
        assertThat(sub.log("postgres:postgres")).isEmpty();
    }

    @Test
    void whatLeavesHasExactlyTheSevenKeysThatItsOwnReaderTakes() throws Exception {
        program("pub", "--kafka-broker", kafka.address(), "--kafka-topic", topic, "--target", site.url(), "--delay", "1");
        Awaitility.await().atMost(Duration.ofSeconds(60))
                .until(() -> kafka.admin().exists(topic) && !kafka.admin().records(topic).isEmpty());
        JsonNode record = JSON.readTree(kafka.admin().records(topic).get(0).value());
        List<String> keys = new ArrayList<>();
        record.fieldNames().forEachRemaining(keys::add);
        assertThat(keys).containsExactlyInAnyOrder("timestamp", "target", "error", "latency_ms", "status", "pattern",
                "is_pattern_found");
    }

    /** The table has no key: that a row is there once is the positions' doing. */
    @Test
    void whatIsReadAgainIsNotWrittenAgain() throws Exception {
        for (int i = 0; i < 50; i++) {
            kafka.admin().produce(topic, site.url(), """
                    {"timestamp": %d.25, "target": "%s", "error": null, "latency_ms": 181.3, "status": 200, "pattern": null,
                     "is_pattern_found": null}""".formatted(1673080000 + i, site.url()).getBytes(StandardCharsets.UTF_8));
        }
        String dsn = "host=localhost port=" + database.server().port() + " user=postgres dbname=" + database.name();
        Program first = program("sub", "--kafka-broker", kafka.address(), "--kafka-topic", topic, "--postgresql-dsn", dsn);
        database.until("select * from test offset 49");
        first.kill();
        Program second = program("sub", "--kafka-broker", kafka.address(), "--kafka-topic", topic, "--postgresql-dsn", dsn);
        second.untilReady();
        kafka.admin().produce(topic, "last", """
                {"timestamp": 1673090000, "target": "http://last/", "error": null, "latency_ms": 1, "status": 200,
                 "pattern": null, "is_pattern_found": null}""".getBytes(StandardCharsets.UTF_8));
        database.until("select * from test where target_url = 'http://last/'");
        assertThat(database.rows("select * from test where target_url = '" + site.url() + "'")).hasSize(50);
    }

    private Program program(String... arguments) {
        return open.program(folder, Map.of(), arguments);
    }
}
