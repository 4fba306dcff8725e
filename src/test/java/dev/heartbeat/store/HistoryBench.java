package dev.heartbeat.store;

import static dev.heartbeat.store.HistoryFixture.NOW;
import static dev.heartbeat.store.HistoryFixture.get;
import static dev.heartbeat.store.HistoryLimits.say;
import static dev.heartbeat.store.HistoryLimits.timed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Asked;
import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.RowLayout;
import dev.heartbeat.model.Target;
import dev.heartbeat.services.Database;
import dev.heartbeat.services.PostgresServer;

/** How fast is the history written, against what PostgreSQL can do at all, and how fast is a month of it read? */
class HistoryBench {
    private static final int ROWS = Integer.getInteger("bench.rows", 100_000);
    private static final int BATCH = 500;

    @Test
    void figures() throws Exception {
        try (HistoryFixture warm = new HistoryFixture(); HistoryFixture fixture = new HistoryFixture()) {
            written(warm, "heartbeat", RowLayout.HEARTBEAT, 20_000);
            written(warm, "healthcheck", RowLayout.HEALTHCHECK, 20_000);
            say("heartbeat, batches of " + BATCH, ROWS, written(fixture, "heartbeat", RowLayout.HEARTBEAT, ROWS));
            say("healthcheck, batches of " + BATCH, ROWS, written(fixture, "healthcheck", RowLayout.HEALTHCHECK, ROWS));
            say("metrics, batches of " + BATCH, ROWS, written(fixture, "metrics", RowLayout.METRICS, ROWS));
            new HistoryLimits(new Database(PostgresServer.shared(), fixture.database)).measure(ROWS, NOW);
        }
        month();
    }

    private static List<List<HistoryRow>> batches(int count) {
        List<List<HistoryRow>> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (i % BATCH == 0) {
                batches.add(new ArrayList<>(BATCH));
            }
            String url = HistoryLimits.url(i);
            Observation seen = new Observation(new Target(Kind.WEBSITE, url), Outcome.UP,
                    NOW.plusSeconds(5L * (i / HistoryLimits.SITES)),
                    Duration.ofNanos(123_456_000), new Evidence(200, null, null), new Asked(url, null));
            batches.get(batches.size() - 1).add(HistoryFixture.at(new HistoryRow("publisher", seen, NOW, null), "sites", 0, i));
        }
        return batches;
    }

    private static Duration written(HistoryFixture fixture, String table, RowLayout layout, int count) throws Exception {
        HistoryTable history = fixture.started(table, layout);
        List<List<HistoryRow>> batches = batches(count);
        return timed(() -> batches.forEach(batch -> get(history.write(batch))));
    }

    /** 10 million rows: 100 targets, one every 26 seconds, for 30 days. */
    private void month() throws Exception {
        try (HistoryFixture fixture = new HistoryFixture()) {
            HistoryTable history = fixture.started("heartbeat", RowLayout.HEARTBEAT);
            Instant from = Instant.parse("2026-11-01T00:00:00Z");
            Instant to = from.plus(Duration.ofDays(30)).minusSeconds(754);
            fixture.ask("insert into heartbeat (source, kind, name, health, latency_us, observed_at, received_at)"
                    + " select 'publisher', 'website', 'site' || n, case when (i + n) % 50 = 0 then 'down' else 'up' end, 1000 + n,"
                    + " w, w from generate_series(0, 99999) i, generate_series(1, 100) n,"
                    + " lateral (select timestamptz '2026-11-01 00:00Z' + i * interval '25.92 seconds') t(w)");
            fixture.ask(
                    "insert into heartbeat_touched select h, 'bench', 1 from generate_series(timestamptz '2026-11-01 00:00Z',"
                            + " timestamptz '2026-11-30 23:00Z', interval '1 hour') h");
            // As autovacuum does while rows come in slowly: what is not summarised is read for every hour.
            fixture.ask("vacuum analyze heartbeat");
            System.out.printf("%s rows summed by the hour in %d s%n", fixture.one("select count(*) from heartbeat"),
                    timed(() -> history.upkeep(to).await().atMost(Duration.ofMinutes(10))).toSeconds());
            Target target = new Target(Kind.WEBSITE, "site7");
            long[] micros = new long[50];
            for (int i = 0; i < micros.length; i++) {
                micros[i] = timed(() -> get(history.uptime("publisher", target, from.plusSeconds(11), to))).toNanos() / 1_000;
            }
            double first = micros[0] / 1_000.0;
            Arrays.sort(micros);
            System.out.printf(Locale.ROOT, "30 days of one target: %.1f ms first, %.1f ms median, %.1f ms worst of 50: %s%n",
                    first,
                    micros[25] / 1_000.0, micros[49] / 1_000.0,
                    get(history.uptime("publisher", target, from.plusSeconds(11), to)));
        }
    }
}
