package dev.heartbeat.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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
    VERIFY_FULL;

    static final String WORDS = "disable, allow, prefer, require, verify-ca, verify-full";

    /** The mode of that word, as libpq writes it. */
    static Optional<SslMode> of(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
