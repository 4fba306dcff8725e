package dev.heartbeat.store;

import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;

/** What does a {@link SslMode} ask of the client? */
final class PgTls {
    private PgTls() {
    }

    /** Who asks the authorities; null where nobody does. */
    static PgTrust set(PgConnectOptions options, PgAddress address, Vertx vertx) {
        SslMode mode = address.sslMode();
        // As libpq: who names authorities wants them asked.
        boolean isVerified = mode == SslMode.REQUIRE && address.caCertPath() != null || mode == SslMode.VERIFY_CA
                || mode == SslMode.VERIFY_FULL;
        options.setSslMode(isVerified ? verified(mode) : unverified(mode));
        if (isVerified) {
            // The empty word switches the comparison of names off.
            PgTrust trust = PgTrust.of(address, vertx);
            options.setTrustAll(false).setTrustOptions(TrustOptions.wrap(trust))
                    .setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
            return trust;
        }
        options.setTrustAll(true).setHostnameVerificationAlgorithm("");
        return null;
    }

    private static io.vertx.pgclient.SslMode verified(SslMode mode) {
        return mode == SslMode.VERIFY_FULL ? io.vertx.pgclient.SslMode.VERIFY_FULL : io.vertx.pgclient.SslMode.VERIFY_CA;
    }

    private static io.vertx.pgclient.SslMode unverified(SslMode mode) {
        return io.vertx.pgclient.SslMode.valueOf(mode.name());
    }
}
