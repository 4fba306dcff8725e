package dev.heartbeat.store;

import java.util.Objects;
import java.util.Optional;

/**
 * Where is a database, and who are we to it?
 *
 * @param password null for none; never logged
 * @param caCertPath PEM file of the authorities; null for the system's
 * @param options of the server, for each connection, such as {@code -c search_path=monitoring}; null for none
 * @param unheeded what a DSN asks for and is not done, in words; null for nothing
 */
public record PgAddress(String host, int port, String database, String user, String password, SslMode sslMode,
        String caCertPath, String options, String unheeded) {
    public PgAddress {
        Objects.requireNonNull(host);
        Objects.requireNonNull(database);
        Objects.requireNonNull(user);
        Objects.requireNonNull(sslMode);
    }

    PgAddress(String host, int port, String database, String user, String password, SslMode sslMode, String caCertPath) {
        this(host, port, database, user, password, sslMode, caCertPath, null, null);
    }

    /** The address that the settings name. A DSN wins over the others; a password that it leaves out is theirs. */
    public static PgAddress of(PgConfig config) {
        Optional<String> dsn = config.dsn().filter(text -> !text.isBlank());
        if (dsn.isPresent()) {
            PgAddress address = parse(dsn.get());
            return address.password != null ? address : address.as(config.password().orElse(null));
        }
        return new PgAddress(config.host(), config.port(), config.name(), config.user(), config.password().orElse(null),
                config.sslmode(), config.caCertPath().orElse(null));
    }

    /**
     * The address that a URI ({@code postgresql://…}) or libpq's key=value names, with libpq's defaults.
     *
     * @throws IllegalArgumentException when it names none; the message says what would be right, and nothing of the text
     */
    public static PgAddress parse(String dsn) {
        String bare = dsn.strip();
        if (bare.isEmpty()) {
            throw PgKeys.wrong("it is empty");
        }
        return (PgUri.is(bare) ? PgUri.read(bare) : PgKeywords.read(bare)).address();
    }

    private PgAddress as(String secret) {
        return new PgAddress(host, port, database, user, secret, sslMode, caCertPath, options, unheeded);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
