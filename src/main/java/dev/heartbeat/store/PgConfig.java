package dev.heartbeat.store;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where is PostgreSQL, and who are we to it? The names are the Host Checker's. */
@ConfigMapping(prefix = "db")
public interface PgConfig {
    /** All in one: a URI or libpq's key=value; the other variables speak only where it is absent. */
    Optional<String> dsn();

    @WithDefault("localhost")
    String host();

    @WithDefault("5432")
    int port();

    @WithDefault("heartbeat")
    String name();

    @WithDefault("postgres")
    String user();

    Optional<String> password();

    /** As libpq has it. */
    @WithDefault("prefer")
    SslMode sslmode();

    /** Whose certificates to trust; the system's when absent. */
    Optional<String> caCertPath();

    /** The table of the history. */
    @WithDefault("heartbeat")
    String table();

    /** So many rows go in one batch at most; nothing waits for a batch to fill. */
    @WithDefault("500")
    int batchSize();
}
