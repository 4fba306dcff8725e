package dev.heartbeat.store;

import static dev.heartbeat.store.HistoryLimits.SITES;
import static dev.heartbeat.store.HistoryLimits.say;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.heartbeat.model.Asked;
import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.RecordLayout;
import dev.heartbeat.model.RecordWriter;
import dev.heartbeat.model.Target;
import dev.heartbeat.services.Database;
import dev.heartbeat.services.KafkaServer;
import dev.heartbeat.services.PostgresServer;
import dev.heartbeat.services.Program;

/**
 * How fast do observations come from a topic into committed rows, through the program as it is shipped? The topic is full
 * before
 * the subscriber starts; beside it, what the same database can do at all.
 */
class RowsBench {
    private static final int ROWS = Integer.getInteger("bench.rows", 300_000);
    private static final RecordLayout LAYOUT = RecordLayout.valueOf(System.getProperty("bench.layout", "HEARTBEAT"));
    private static final int CHUNK = 10_000;
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private final Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(INTERVAL.multipliedBy(ROWS / SITES));
    @TempDir
    Path folder;

    private record Seen(long nanos, long rows, double cpuSeconds) {
    }

    @Test
    void figures() throws Exception {
        try (KafkaServer kafka = KafkaServer.start(); PostgresServer postgres = PostgresServer.start()) {
            String topic = kafka.topic(4);
            fill(kafka, topic);
            Database database = new Database(postgres, postgres.database());
            try (Program subscriber = Program.start(folder, Map.of("HEARTBEAT_MODE", "subscriber", "HEARTBEAT_TRANSPORT",
                    "kafka", "HEARTBEAT_STORE", "memory,postgresql", "KAFKA_BOOTSTRAP_SERVERS", kafka.address(), "KAFKA_TOPIC",
                    topic, "DB_DSN", database.uri(), "HISTORY_CANARY", "0"))) {
                drained(subscriber, database);
                subscriber.stop();
                subscriber.log().forEach(System.out::println);
            }
            new HistoryLimits(database).measure(ROWS, from);
        }
    }

    private void drained(Program subscriber, Database database) {
        List<Seen> seen = new ArrayList<>();
        Awaitility.await("all rows").atMost(Duration.ofMinutes(5)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    List<Map<String, Object>> count = database.rows("select count(*) c from heartbeat");
                    long rows = count.isEmpty() ? 0 : (Long) count.get(0).get("c");
                    if (rows > 0) {
                        seen.add(new Seen(System.nanoTime(), rows, subscriber.cpuSeconds()));
                    }
                    return rows == ROWS;
                });
        Seen first = seen.get(0);
        Seen last = seen.get(seen.size() - 1);
        Seen middle = seen.stream().filter(one -> one.rows() >= ROWS / 2).findFirst().orElseThrow();
        rate("topic to committed rows, from a cold start", first, last);
        rate("topic to committed rows, the second half", middle, last);
        System.out.printf(Locale.ROOT, "CPU of the subscriber: %.1f us a row; %s%n",
                (last.cpuSeconds() - first.cpuSeconds()) * 1e6 / (last.rows() - first.rows()), subscriber.memory("VmHWM"));
    }

    private static void rate(String what, Seen from, Seen to) {
        say(what, (int) (to.rows() - from.rows()), Duration.ofNanos(to.nanos() - from.nanos()));
    }

    private void fill(KafkaServer kafka, String topic) {
        for (int begin = 0; begin < ROWS; begin += CHUNK) {
            List<ProducerRecord<String, byte[]>> records = new ArrayList<>(CHUNK);
            for (int i = begin; i < Math.min(ROWS, begin + CHUNK); i++) {
                records.add(new ProducerRecord<>(topic, HistoryLimits.url(i), record(i)));
            }
            kafka.admin().produce(records);
        }
    }

    /** As our publisher says them: each site one part of its round. */
    private byte[] record(int i) {
        Instant round = from.plus(INTERVAL.multipliedBy(i / SITES));
        String url = HistoryLimits.url(i);
        Observation seen = new Observation(new Target(Kind.WEBSITE, url), Outcome.UP, round.plusMillis(i % SITES),
                Duration.ofNanos(123_456_000), new Evidence(200, null, null), new Asked(url, null));
        return RecordWriter.write(LAYOUT, new Heartbeat("publisher", "boot", i + 1, round.plusSeconds(1), INTERVAL,
                1 + i % SITES, SITES, null, null, List.of(seen)));
    }
}
