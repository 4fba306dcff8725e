package dev.heartbeat.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.heartbeat.model.Asked;
import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Position;
import dev.heartbeat.model.RowLayout;
import dev.heartbeat.model.Target;
import dev.heartbeat.services.PostgresServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** A database of a test's own, and tables in it. */
final class HistoryFixture implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-21T12:34:56.789012Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final Vertx vertx = Vertx.vertx();
    private final PgPools pools = new PgPools(vertx);
    private final PostgresServer server;
    final String database;

    HistoryFixture() {
        this(PostgresServer.shared());
    }

    HistoryFixture(PostgresServer server) {
        this.server = server;
        this.database = server.database();
    }

    HistoryTable open(String table, RowLayout layout) {
        return open("postgres", table, layout, 500);
    }

    PgAddress address(String user) {
        return PgAddress.parse(server.dsn(user, database));
    }

    /** What a process keeps that has a canary every so often. */
    Histories histories(Duration canary, MeterRegistry registry) {
        return new Histories(tables(500), new History(Optional.of(canary)), vertx, registry);
    }

    HistoryTable open(String user, String table, RowLayout layout, int batchSize) {
        return tables(batchSize).open(address(user), table, layout);
    }

    /** Where the DSN says this too. */
    HistoryTable openWith(String more, String table, RowLayout layout) {
        return tables(500).open(PgAddress.parse(server.dsn("postgres", database) + more), table, layout);
    }

    /** What a table that was started does, without who asks it. */
    TableLayout layout(String table, RowLayout layout) {
        PgAddress address = address("postgres");
        TableLayout opened = tables(500).layout(new PgLink(() -> pools.of(address), () -> address, PATIENCE),
                new TableName(table), layout);
        get(opened.start());
        return opened;
    }

    private HistoryTables tables(int batchSize) {
        return new HistoryTables(pools, new Database(batchSize), new History(Optional.empty()),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    HistoryTable started(String table, RowLayout layout) {
        HistoryTable opened = open(table, layout);
        get(opened.start());
        return opened;
    }

    /** A role that may log in and see the schema, and do nothing there unless it is granted. */
    String role() {
        ask("revoke create on schema public from public");
        return server.role();
    }

    List<Map<String, Object>> ask(String sql) {
        return server.ask(database, sql);
    }

    Object one(String sql) {
        return ask(sql).get(0).values().iterator().next();
    }

    List<String> columns(String table) {
        return ask(
                "select attname || ' ' || format_type(atttypid, atttypmod) || case when attnotnull then ' not null' else '' end c"
                        + " from pg_attribute where attrelid = '\"" + table + "\"'::regclass and attnum > 0 order by attnum")
                .stream().map(row -> (String) row.get("c")).toList();
    }

    static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    /** A website that answered in 2.5 seconds. */
    static HistoryRow site(String url, Instant at, Outcome outcome) {
        return new HistoryRow("publisher", new Observation(new Target(Kind.WEBSITE, url), outcome, at, Duration.ofMillis(2_500),
                new Evidence(200, true, null), new Asked(url, "a.c")), at.plusSeconds(1), null);
    }

    static HistoryRow at(HistoryRow row, String topic, int partition, long offset) {
        return new HistoryRow(row.source(), row.observation(), row.received(), new Position(topic, partition, offset));
    }

    /** As many rows as that, one second apart, with positions from {@code first}. */
    static List<HistoryRow> records(int first, int count) {
        List<HistoryRow> rows = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            rows.add(at(site("https://a.example/" + i % 7, NOW.plusSeconds(i), Outcome.UP), "sites", i % 2, i));
        }
        return rows;
    }

    @Override
    public void close() {
        pools.close();
        vertx.close();
    }

    private record History(Optional<Duration> canary) implements HistoryConfig {
        @Override
        public RowLayout layout() {
            return RowLayout.HEARTBEAT;
        }

        @Override
        public Duration retention() {
            return Duration.ofDays(400);
        }

        @Override
        public Timescale timescale() {
            return Timescale.OFF;
        }
    }

    record Database(int batchSize) implements PgConfig {
        @Override
        public Optional<String> dsn() {
            return Optional.empty();
        }

        @Override
        public String host() {
            return "localhost";
        }

        @Override
        public int port() {
            return 1;
        }

        @Override
        public String name() {
            return "heartbeat";
        }

        @Override
        public String user() {
            return "postgres";
        }

        @Override
        public Optional<String> password() {
            return Optional.empty();
        }

        @Override
        public SslMode sslmode() {
            return SslMode.PREFER;
        }

        @Override
        public Optional<String> caCertPath() {
            return Optional.empty();
        }

        @Override
        public String table() {
            return "heartbeat";
        }
    }
}
