package dev.heartbeat.store;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import org.postgresql.PGConnection;

import dev.heartbeat.services.Database;

/**
 * What can PostgreSQL do at all with such rows: a bare COPY, and a loop of single inserts with a commit each? Into tables like
 * ours, with its indexes.
 */
record HistoryLimits(Database database) {
    static final int SITES = 500;
    private static final int SINGLE = Integer.getInteger("bench.single", 5_000);
    private static final String[] COPIED = { "publisher", "website", null, null, null, "example.org", "up", "\\N", "\\N", "200",
            "123456", "\\N", "\\N", "\\N", null, null };

    interface Work {
        void run() throws Exception;
    }

    static Duration timed(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    static void say(String what, int rows, Duration took) {
        System.out.printf(Locale.ROOT, "%-42s %,9.0f rows/s%n", what, rows * 1e9 / took.toNanos());
    }

    static String url(int i) {
        return "https://site" + i % SITES + ".example.org/health";
    }

    /** Measures both beside a table {@code heartbeat} of ours, and says them. */
    void measure(int rows, Instant from) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:postgresql://localhost:" + database.server().port() + "/"
                + database.name(), "postgres", "")) {
            connection.createStatement().execute("create table copied (like heartbeat including all);"
                    + " create table single (like heartbeat including all)");
            say("bare COPY, same columns and indexes", rows, copied(connection, rows, from));
            say("loop of single inserts, a commit each", SINGLE, single(connection, from));
        }
    }

    private static String[] values(int i, Instant from) {
        String[] values = COPIED.clone();
        values[2] = url(i);
        values[3] = values[2];
        values[4] = "site" + i % SITES + ".example.org";
        values[14] = from.plusSeconds(5L * (i / SITES)).toString();
        values[15] = from.toString();
        return values;
    }

    private static Duration copied(Connection connection, int rows, Instant from) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            lines.append(String.join("\t", values(i, from))).append('\n');
        }
        return timed(() -> connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy copied from stdin",
                new StringReader(lines.toString())));
    }

    private static Duration single(Connection connection, Instant from) throws Exception {
        String sql = "insert into single (source, kind, name, address, host, root_domain, health, status_code, latency_us,"
                + " observed_at, received_at) values (?, ?, ?, ?, ?, ?, ?, 200, 123456, ?::timestamptz, ?::timestamptz)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            return timed(() -> {
                for (int i = 0; i < SINGLE; i++) {
                    String[] values = values(i, from);
                    for (int column = 0; column < 7; column++) {
                        insert.setString(column + 1, values[column]);
                    }
                    insert.setString(8, values[14]);
                    insert.setString(9, values[15]);
                    insert.executeUpdate();
                }
            });
        }
    }
}
