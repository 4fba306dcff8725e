package dev.heartbeat.services;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;

/** What do the tables of one database say, now or once they do? */
public record Database(PostgresServer server, String name) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A new, empty one on the server that tests share. */
    public static Database open() {
        PostgresServer server = PostgresServer.shared();
        return new Database(server, server.database());
    }

    /** As a URI, for the user postgres. */
    public String uri() {
        return server.dsn("postgres", name);
    }

    /** The rows; none while the table is not there. */
    public List<Map<String, Object>> rows(String sql) {
        try {
            return server.ask(name, sql);
        } catch (IllegalStateException e) {
            if (e.getMessage().contains("does not exist")) {
                return List.of();
            }
            throw e;
        }
    }

    /** The rows, once there are any. */
    public List<Map<String, Object>> until(String sql) {
        return Awaitility.await(sql).atMost(PATIENCE).until(() -> rows(sql), rows -> !rows.isEmpty());
    }

    /** Waits until there are exactly so many rows. */
    public void until(String sql, int count) {
        Awaitility.await(sql).atMost(PATIENCE).until(() -> rows(sql).size(), size -> size == count);
    }
}
