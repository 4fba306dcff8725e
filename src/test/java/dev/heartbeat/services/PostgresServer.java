package dev.heartbeat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** Where does a real PostgreSQL for tests come from? Its own binaries, on a free port; a database for each test that asks. */
public final class PostgresServer implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private final EmbeddedPostgres postgres;

    private static final class Shared {
        static final PostgresServer PLAIN = PostgresServer.start();
    }

    private PostgresServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** The server that tests share; never stopped by a test. */
    public static PostgresServer shared() {
        return Shared.PLAIN;
    }

    /** A server of the caller's own. */
    public static PostgresServer start() {
        try {
            return new PostgresServer(EmbeddedPostgres.builder().start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return postgres.getPort();
    }

    /** A new, empty database: its name. The user postgres needs no password. */
    public String database() {
        String name = "test" + DATABASES.incrementAndGet();
        ask("postgres", "create database " + name);
        return name;
    }

    /** The rows of the answer, a map by column each; none for what answers nothing. */
    public List<Map<String, Object>> ask(String database, String sql) {
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? rows(statement.getResultSet()) : List.of();
        } catch (SQLException e) {
            throw new IllegalStateException(sql + ": " + e.getMessage(), e);
        }
    }

    private static List<Map<String, Object>> rows(ResultSet results) throws SQLException {
        List<Map<String, Object>> rows = new ArrayList<>();
        ResultSetMetaData columns = results.getMetaData();
        while (results.next()) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                row.put(columns.getColumnLabel(column), results.getObject(column));
            }
            rows.add(row);
        }
        return rows;
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
