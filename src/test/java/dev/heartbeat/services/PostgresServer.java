package dev.heartbeat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * Where does a real PostgreSQL for tests come from? Its own binaries, on a free port that a restart keeps, with its data; a
 * database for each test that asks.
 */
public final class PostgresServer implements AutoCloseable {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private final int port = Ports.free();
    private final Path folder;
    private final Map<String, String> settings;
    private EmbeddedPostgres postgres;

    private static final class Shared {
        static final PostgresServer PLAIN = PostgresServer.start();
    }

    private PostgresServer(Map<String, String> settings) {
        this.settings = settings;
        try {
            folder = Files.createTempDirectory("heartbeat-postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** The server that tests share; never stopped by a test. */
    public static PostgresServer shared() {
        return Shared.PLAIN;
    }

    /** A server of the caller's own. */
    public static PostgresServer start() {
        PostgresServer server = new PostgresServer(Map.of());
        server.startAgain();
        return server;
    }

    /** A server of the caller's own that speaks TLS to whoever wants it, and in the clear to everybody else. */
    public static PostgresServer start(Certificates.Pair certificate) {
        PostgresServer server = new PostgresServer(new LinkedHashMap<>());
        server.startAgain();
        server.stop();
        server.give(certificate.certificate(), "server.crt");
        server.give(certificate.key(), "server.key");
        server.settings.put("ssl", "on");
        server.startAgain();
        return server;
    }

    public void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On the same port, with what it held. */
    public void startAgain() {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setPort(port).setDataDirectory(folder)
                .setCleanDataDirectory(false).setPGStartupWait(Duration.ofSeconds(90)).setRegisterShutdownHook(false);
        settings.forEach(builder::setServerConfig);
        try {
            postgres = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server refuses a key that is not its own, or that others may read. */
    private void give(Path file, String name) {
        try {
            Path mine = Files.copy(file, folder.resolve(name));
            Files.setPosixFilePermissions(mine, PosixFilePermissions.fromString("rw-------"));
            Files.setOwner(mine, Files.getOwner(folder.resolve("PG_VERSION")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** As whom, and to which database: an address that asks for no TLS. */
    public String dsn(String user, String database) {
        return "postgresql://" + user + "@localhost:" + port + "/" + database + "?sslmode=disable";
    }

    /** A new role that may log in, and nothing else: its name. */
    public String role() {
        String name = "role" + DATABASES.incrementAndGet();
        ask("postgres", "create role " + name + " login");
        return name;
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
        stop();
        Folders.delete(folder);
    }
}
