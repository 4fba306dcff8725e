package dev.heartbeat.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.heartbeat.services.Closing;
import dev.heartbeat.services.Database;
import dev.heartbeat.services.KafkaServer;
import dev.heartbeat.services.PostgresServer;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.Site;

/** What does it cost to ask 500 websites every 5 seconds, over Kafka into PostgreSQL, and are they asked in time? */
class SitesBench {
    private static final int SITES = Integer.getInteger("bench.sites", 500);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 24);
    private static final int WARM = 6;
    private static final int INTERVAL = 5;
    @TempDir
    Path folder;

    private record Used(Program program, long nanos, double cpu) {
        static Used now(Program program) {
            return new Used(program, System.nanoTime(), program.cpuSeconds());
        }

        void say(String who) {
            System.out.printf(Locale.ROOT, "%-10s %.1f %% of one core, %s, %s%n", who,
                    100e9 * (program.cpuSeconds() - cpu) / (System.nanoTime() - nanos), program.memory("VmRSS"),
                    program.memory("VmHWM"));
        }
    }

    @Test
    void figures() throws Exception {
        try (Closing open = new Closing()) {
            KafkaServer kafka = open.with(KafkaServer.start());
            PostgresServer postgres = open.with(PostgresServer.start());
            Site site = open.with(Site.open());
            Database database = new Database(postgres, postgres.database());
            Path targets = Files.writeString(folder.resolve("targets.yaml"), IntStream.range(0, SITES)
                    .mapToObj(i -> "    - { name: site" + i + ", url: \"" + site.url() + i + "\" }\n")
                    .collect(Collectors.joining("", "heartbeat:\n  defaults: { interval: " + INTERVAL + " }\n  http:\n", "")));
            Map<String, String> environment = new HashMap<>(Map.of("HEARTBEAT_TRANSPORT", "kafka", "KAFKA_BOOTSTRAP_SERVERS",
                    kafka.address(), "TARGETS_FILE", targets.toString(), "HEARTBEAT_STORE", "memory,postgresql", "DB_DSN",
                    database.uri(), "HISTORY_CANARY", "0", "HEARTBEAT_MODE", "subscriber"));
            Program subscriber = open.program(folder, environment);
            environment.put("HEARTBEAT_MODE", "publisher");
            Program publisher = open.program(folder, environment);
            until(database, WARM);
            Used asking = Used.now(publisher);
            Used hearing = Used.now(subscriber);
            Instant begin = Instant.now();
            until(database, WARM + ROUNDS);
            asking.say("publisher");
            hearing.say("subscriber");
            System.out.printf(Locale.ROOT, "%d rounds of %d sites in %.1f s (%d s were due)%n", ROUNDS, SITES,
                    Duration.between(begin, Instant.now()).toMillis() / 1e3, ROUNDS * INTERVAL);
            publisher.text("/q/metrics").lines().filter(line -> line.startsWith("heartbeat_rounds_skipped_total")
                    || line.startsWith("heartbeat_round_lateness_seconds_max")
                    || line.startsWith("heartbeat_round_duration_seconds_max")).forEach(System.out::println);
        }
    }

    private static void until(Database database, int rounds) {
        Awaitility.await(rounds + " rounds").atMost(Duration.ofSeconds((long) INTERVAL * (rounds + 12)))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> !database.rows("select 1 from heartbeat offset " + (SITES * rounds - 1) + " limit 1").isEmpty());
    }
}
