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
import java.util.UUID;
import java.util.stream.Stream;

import org.postgresql.ds.PGSimpleDataSource;

import dev.heartbeat.services.SharedServers.Address;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * Where does a real PostgreSQL for tests come from? Its own binaries, on a free port that a restart keeps, with its data; a
 * database for each test that asks.
 */
public final class PostgresServer implements AutoCloseable {
    private final int port;
    private final Path folder;
    private final Map<String, String> settings;
    private EmbeddedPostgres postgres;

    private static final class Shared {
        static final PostgresServer PLAIN = find();

        private static PostgresServer find() {
            Address address = SharedServers.find("postgresql", Shared::launch, "");
            return new PostgresServer(address.folder(), address.ports().get(0), Map.of());
        }

        private static Address launch() {
            PostgresServer server = new PostgresServer(folder(), Ports.free(), Map.of());
            server.startAgain();
            try (Stream<String> lines = Files.lines(server.folder.resolve("postmaster.pid"))) {
                return new Address(Long.parseLong(lines.findFirst().orElseThrow()), List.of(server.port), server.folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private PostgresServer(Path folder, int port, Map<String, String> settings) {
        this.folder = folder;
        this.port = port;
        this.settings = settings;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("heartbeat-postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PostgresServer start(Map<String, String> settings) {
        PostgresServer server = new PostgresServer(folder(), Ports.free(), settings);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        server.startAgain();
        return server;
    }

    /** The server that all tests of a build share, each with a database of its own; never stopped by a test. */
    public static PostgresServer shared() {
        return Shared.PLAIN;
    }

    /** A server of the caller's own. */
    public static PostgresServer start() {
        return start(Map.of());
    }

    /** A server of the caller's own that speaks TLS to whoever wants it, and in the clear to everybody else. */
    public static PostgresServer start(Certificates.Pair certificate) {
        PostgresServer server = start(new LinkedHashMap<>());
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
        String name = unique("role");
        ask("postgres", "create role " + name + " login");
        return name;
    }

    /** A new, empty database: its name. The user postgres needs no password. */
    public String database() {
        String name = unique("test");
        ask("postgres", "create database " + name);
        return name;
    }

    private static String unique(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }

    /** The rows of the answer, a map by column each; none for what answers nothing. */
    public List<Map<String, Object>> ask(String database, String sql) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setPortNumbers(new int[] { port });
        source.setDatabaseName(database);
        source.setUser("postgres");
        try (Connection connection = source.getConnection();
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
