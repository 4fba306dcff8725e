package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.heartbeat.services.Closing;
import dev.heartbeat.services.Database;
import dev.heartbeat.services.KafkaServer;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.Site;

/** Do the Host Checker's commands, file and variables do their job: from hosts over a topic into its table? */
class HostMetricsIT {
    private final Closing open = new Closing();
    @TempDir
    Path folder;
    private final KafkaServer kafka = KafkaServer.shared();
    private final Database database = Database.open();
    private final Site site = open.with(Site.open().says(200, "this is an Example Domain for you"));
    private final Map<String, String> environment = new HashMap<>(Map.of("KAFKA_TOPIC", KafkaServer.name(),
            "KAFKA_BOOTSTRAP_SERVERS", kafka.address(), "DB_HOST", "localhost", "DB_PORT",
            String.valueOf(database.server().port()), "DB_USER", "postgres", "DB_PASSWORD", "postgres", "DB_NAME",
            database.name(), "DB_TABLE", "metrics", "DB_BATCH_SIZE", "10", "LOG_LEVEL", "INFO"));

    @AfterEach
    void end() {
        open.close();
    }

    @Test
    void itsFileTakesHostsIntoATableThatItMadeItself() throws Exception {
        database.server().ask(database.name(),
                "create table metrics (status_code smallint, latency numeric, address text, is_valid boolean)");
        Path file = Files.writeString(folder.resolve("producer_config"), site.url() + " 0.02 Example Domain\n"
                + site.url() + "other 0.02 no such words\n");
        program("produce", "-c", file.toString());
        Program consumer = program("consume");
        assertThat(database.until("select * from metrics where address = '" + site.url() + "'").get(0))
                .containsOnlyKeys("status_code", "latency", "address", "is_valid").containsEntry("is_valid", true);
        assertThat(database.until("select * from metrics where address = '" + site.url() + "other'").get(0))
                .containsEntry("is_valid", false);
        consumer.untilHealth("website", site.url(), "UP");
        assertThat(consumer.warnings()).isEmpty();
    }

    @Test
    void itsSampleFileAsksItsThreeHosts() throws Exception {
        Site page = open.with(Site.open().says(200, "<!doctype html><title>hello</title>"));
        Path file = Files.writeString(folder.resolve("producer_config"),
                Files.readString(Path.of("src/test/resources/hc/producer_config"))
                        .replace("https://google.com", site.url() + "google")
                        // It is asked once a minute there; a test does not wait so long for the second time.
                        .replace("https://example.org 1 ", site.url() + " 0.05 ")
                        .replace("https://example.com", page.url()));
        program("produce", "-c", file.toString());
        Program consumer = program("consume");
        for (String address : List.of(site.url() + "google", site.url(), page.url())) {
            assertThat(database.until("select * from metrics where address = '" + address + "'").get(0))
                    .containsEntry("status_code", 200).containsEntry("is_valid", true);
        }
        site.says(200, "no such words");
        database.until("select * from metrics where not is_valid and address = '" + site.url() + "'");
        assertThat(consumer.warnings()).isEmpty();
    }

    @Test
    void aTableThatIsMissingIsMadeWithItsTime() throws Exception {
        Path file = Files.writeString(folder.resolve("producer_config"), site.url() + " 0.02\n");
        program("produce", "-c", file.toString());
        program("consume");
        assertThat(database.until("select * from metrics").get(0)).containsKeys("status_code", "latency", "address", "is_valid",
                "observed_at");
    }

    private Program program(String... arguments) {
        return open.program(folder, environment, arguments);
    }
}
