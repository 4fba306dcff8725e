package dev.heartbeat.store;

import java.util.Objects;

/**
 * Where is a database, and who are we to it?
 *
 * @param password null for none; never logged
 * @param caCertPath PEM file of the authorities; null for the system's
 */
public record PgAddress(String host, int port, String database, String user, String password, SslMode sslMode,
        String caCertPath) {
    public PgAddress {
        Objects.requireNonNull(host);
        Objects.requireNonNull(database);
        Objects.requireNonNull(user);
        Objects.requireNonNull(sslMode);
    }

    /** The address that the settings name. */
    public static PgAddress of(PgConfig config) {
        return new PgAddress(config.host(), config.port(), config.name(), config.user(), config.password().orElse(null),
                config.sslmode(), config.caCertPath().orElse(null));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
