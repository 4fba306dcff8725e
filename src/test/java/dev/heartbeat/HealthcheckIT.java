package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
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

/** Does the file of the Python Healthcheck do its job: from sites over topics into its tables? */
class HealthcheckIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COLUMNS = List.of("url_digest", "measurement_time", "response_time_microseconds", "uri",
            "status_code", "regex_present", "regex_match");
    private final Closing open = new Closing();
    @TempDir
    Path folder;
    private final KafkaServer kafka = KafkaServer.shared();
    private final Site google = open.with(Site.open().says(200, "<html>google says hello</html>"));
    private final Site amazon = open.with(Site.open().says(200, "closed today"));
    private final Database database = Database.open();
    private final String topic = KafkaServer.name();

    @AfterEach
    void end() {
        open.close();
    }

    @Test
    void itsSampleFileTakesSitesOverItsTopicIntoBothTables() throws Exception {
        Path file = file("src/test/resources/kp/config.yaml");
        Program producer = program("--producer", "-c", file.toString());
        Program consumer = program("--consumer", "-c", file.toString());
        for (String table : List.of("healthcheck", "\"healthcheckReplica\"")) {
            Map<String, Object> good = database.until(
                    "select * from " + table + " where status_code = 200 and uri = '" + google.url() + "'").get(0);
            assertThat(good.keySet()).containsExactlyElementsOf(COLUMNS);
            assertThat(good).containsEntry("status_code", 200).containsEntry("regex_present", true)
                    .containsEntry("regex_match", true);
            Map<String, Object> bad = database.until(
                    "select * from " + table + " where status_code = 200 and uri = '" + amazon.url() + "'").get(0);
            assertThat(bad).containsEntry("regex_match", false);
        }
        consumer.untilHealth("website", google.url(), "UP");
        consumer.untilHealth("website", amazon.url(), "DOWN");
        google.says(503, "later");
        database.until("select * from healthcheck where status_code = 503");
        amazon.close();
        database.until("select * from healthcheck where status_code = 0 and uri = '" + amazon.url() + "'");
        assertThat(producer.isAlive()).isTrue();
        assertThat(consumer.warnings()).isEmpty();
    }

    @Test
    void whatLeavesHasExactlyTheFiveKeysThatItsOwnConsumerReads() throws Exception {
        program("--producer", "-c", file("src/test/resources/kp/config.yaml").toString());
        Awaitility.await().atMost(Duration.ofSeconds(60))
                .until(() -> kafka.admin().exists(topic) && !kafka.admin().records(topic).isEmpty());
        var sent = kafka.admin().records(topic).get(0);
        JsonNode record = JSON.readTree(sent.value());
        List<String> keys = new ArrayList<>();
        record.fieldNames().forEachRemaining(keys::add);
        assertThat(keys).containsExactlyInAnyOrder("status_code", "response_time", "regex_match", "url", "measurement_time");
        assertThat(sent.key()).isEqualTo(record.path("url").asText());
        assertThat(record.path("measurement_time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?");
    }

    @Test
    void aConsumerThatIsKilledAndStartedAgainHasEveryRowOnce() throws Exception {
        Path file = file("src/test/resources/kp/config.yaml");
        Program producer = program("--producer", "-c", file.toString());
        Program first = program("--consumer", "-c", file.toString());
        database.until("select * from healthcheck");
        first.kill();
        int said = kafka.admin().records(topic).size();
        Awaitility.await("something is said while nobody hears").atMost(Duration.ofSeconds(60))
                .until(() -> kafka.admin().records(topic).size() > said + 4);
        program("--consumer", "-c", file.toString());
        database.until("select * from healthcheck offset " + (said + 4));
        producer.stop();
        int all = kafka.admin().records(topic).size();
        for (String table : List.of("healthcheck", "\"healthcheckReplica\"")) {
            database.until("select * from " + table + " where uri not like 'heartbeat:%'", all);
        }
    }

    private Path file(String sample) throws IOException {
        String text = Files.readString(Path.of(sample))
                .replace("localhost:9092", kafka.address())
                .replace("postgresql://admin:admin@localhost:5432/healthcheck", database.uri())
                .replace("https://www.google.com", google.url())
                .replace("https://www.amazon.com", amazon.url())
                .replaceAll("polling_interval_in_seconds: \\d+", "polling_interval_in_seconds: 1")
                .replace("healthcheck-topic-cloud-providers", topic)
                .replace("healthcheck-cloud-group", "group-" + topic);
        return Files.writeString(folder.resolve("config.yaml"), text);
    }

    private Program program(String... arguments) {
        return open.program(folder, Map.of(), arguments);
    }
}
