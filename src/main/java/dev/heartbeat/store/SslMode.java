package dev.heartbeat.store;

/** How is the link to PostgreSQL protected? As libpq's sslmode. */
public enum SslMode {
    /** Never. */
    DISABLE,
    /** When the server insists. */
    ALLOW,
    /** When the server can. */
    PREFER,
    /** Always, whoever answers. */
    REQUIRE,
    /** Always, with a certificate that we trust. */
    VERIFY_CA,
    /** Always, with a certificate that we trust for that host. */
    VERIFY_FULL
}
