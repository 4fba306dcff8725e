package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.heartbeat.services.Closing;
import dev.heartbeat.services.Database;
import dev.heartbeat.services.KafkaServer;
import dev.heartbeat.services.PostgresServer;
import dev.heartbeat.services.Program;

/** Whatever dies or goes away while a topic is read: does every record become one row of every table? */
class LogFaultIT {
    /** Each kind of fault at least once. */
    private static final int ROUNDS = Faults.times(4, 10);
    private static final int RECORDS = 400;
    private static final Instant BEGIN = Instant.parse("2026-11-20T12:00:00Z");
    private static final String ONE = "select * from one where uri not like 'heartbeat:%'";
    private static final String TWO = "select * from two where uri not like 'heartbeat:%'";
    private static KafkaServer kafka;
    private static PostgresServer postgres;
    private final Closing open = new Closing();
    /** The groups of one test: another's are not closed yet for the broker. */
    private final String readers = "readers-" + UUID.randomUUID();
    private final String others = "others-" + UUID.randomUUID();
    @TempDir
    Path folder;
    private final Database database = new Database(postgres, postgres.database());
    private final String topic = kafka.topic(4);
    private final Random random = new Random(20261121);
    private final List<Program> subscribers = new ArrayList<>();
    private Path file;
    private int said;

    @BeforeAll
    static void startServers() {
        kafka = KafkaServer.start();
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stopServers() {
        kafka.close();
        postgres.close();
    }

    @AfterEach
    void end() {
        open.close();
    }

    @Test
    @Tag(Faults.TAG)
    void twoSubscribersThatDieABrokerAndADatabaseThatRestartLoseAndDoubleNothing() throws Exception {
        routes();
        subscribers.add(subscriber());
        subscribers.add(subscriber());
        for (int round = 0; round < ROUNDS; round++) {
            say();
            fault(round % 4);
        }
        say();
        for (String table : List.of("one", "two")) {
            String rows = "select * from " + table + " where uri not like 'heartbeat:%'";
            Awaitility.await(rows).atMost(Duration.ofMinutes(3)).until(() -> database.rows(rows).size() == said);
        }
        for (String group : List.of(readers, readers + ".two")) {
            Awaitility.await("all is committed by " + group).atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                    kafka.admin().committed(group, topic).values().stream().mapToLong(Long::longValue).sum()).isEqualTo(said));
        }
    }

    /** Who reads a whole topic again writes the same rows. */
    @Test
    void aTopicThatIsReadAgainChangesNoRow() throws Exception {
        routes();
        say();
        Program first = subscriber();
        database.until(ONE, said);
        List<Map<String, Object>> rows = database.rows(ONE + " order by 1, 2");
        first.stop();
        Files.writeString(file, Files.readString(file).replace("group_id: " + readers, "group_id: " + others));
        subscriber();
        Awaitility.await("all is read again").atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                kafka.admin().committed(others, topic).values().stream().mapToLong(Long::longValue).sum()).isEqualTo(said));
        assertThat(database.rows(ONE + " order by 1, 2")).isEqualTo(rows);
    }

    /** Without a key too, where nobody but the positions knows what was written, and whichever route reads first. */
    @Test
    void aTopicThatIsReadAgainDoublesNoRowOfATableWithoutAKey() throws Exception {
        routes();
        String routes = Files.readString(file).replace("table_name: ", "layout: metrics, table_name: ");
        Files.writeString(file, routes);
        say();
        Program first = subscriber();
        for (String table : List.of("one", "two")) {
            database.until("select * from " + table + " where target_url not like 'heartbeat:%'", said);
        }
        first.stop();
        String swapped = routes.replace("table_name: one", "table_name: 1").replace("table_name: two", "table_name: one")
                .replace("table_name: 1", "table_name: two");
        Files.writeString(file, swapped.replace("group_id: " + readers, "group_id: " + others));
        subscriber();
        for (String group : List.of(others, others + ".one")) {
            Awaitility.await("all is read again by " + group).atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                    kafka.admin().committed(group, topic).values().stream().mapToLong(Long::longValue).sum()).isEqualTo(said));
        }
        for (String table : List.of("one", "two")) {
            assertThat(database.rows("select * from " + table + " where target_url not like 'heartbeat:%'")).hasSize(said);
        }
    }

    /** Each route is a reader of its own, so the one whose database is away is the only one that waits. */
    @Test
    void aDatabaseThatIsAwayStopsNoOtherAndLosesNoRow() throws Exception {
        Database other = Database.open();
        routes();
        Files.writeString(file, Files.readString(file).replace(database.uri() + "\", table_name: two",
                other.uri() + "\", table_name: two"));
        Program subscriber = subscriber();
        say();
        database.until(ONE, said);
        other.until(TWO, said);
        postgres.stop();
        say();
        other.until(TWO, said);
        subscriber.untilNotReady("history", "table one takes no rows");
        postgres.startAgain();
        database.until(ONE, said);
        subscriber.untilReady();
    }

    private void fault(int kind) throws Exception {
        switch (kind) {
            case 0, 2 -> {
                int who = random.nextInt(2);
                subscribers.get(who).kill();
                subscribers.set(who, subscriber());
            }
            case 1 -> {
                postgres.stop();
                say();
                postgres.startAgain();
            }
            default -> {
                kafka.kill();
                kafka.startAgain();
            }
        }
    }

    private void say() {
        for (int i = 0; i < RECORDS; i++) {
            String url = "http://site" + said % 37 + "/";
            kafka.admin().produce(topic, url, """
                    {"status_code": 200, "response_time": 0.25, "regex_match": null, "url": "%s", "measurement_time": "%s"}"""
                    .formatted(url, BEGIN.plusMillis(said++).toString().replace("Z", "")).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void routes() throws Exception {
        file = Files.writeString(folder.resolve("config.yaml"), """
                healthcheck-consumer-config:
                  bootstrap_servers: ["%1$s"]
                  group_id: %4$s
                  auto_offset_reset: earliest
                  topics:
                    - {source_topic: %2$s, connection_uri: "%3$s", table_name: one}
                    - {source_topic: %2$s, connection_uri: "%3$s", table_name: two}
                """.formatted(kafka.address(), topic, database.uri(), readers));
    }

    private Program subscriber() {
        return open.program(folder, Map.of(), "--consumer", "-c", file.toString());
    }
}
