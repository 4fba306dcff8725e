package dev.heartbeat.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Locale;

/** How does JDBC, which the making of tables needs, name a database? Without user and password. */
final class JdbcUrl {
    private static final String TO_CONNECT = "?ApplicationName=heartbeat&connectTimeout=5&socketTimeout=60";

    private JdbcUrl() {
    }

    static String of(PgAddress address) {
        String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
        StringBuilder url = new StringBuilder("jdbc:postgresql://").append(host).append(':').append(address.port())
                .append('/').append(URLEncoder.encode(address.database(), UTF_8)).append(TO_CONNECT)
                .append("&sslmode=").append(mode(address).name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (address.caCertPath() != null) {
            url.append("&sslrootcert=").append(URLEncoder.encode(address.caCertPath(), UTF_8));
        } else if (mode(address).compareTo(SslMode.VERIFY_CA) >= 0) {
            url.append("&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        if (address.options() != null) {
            url.append("&options=").append(URLEncoder.encode(address.options(), UTF_8));
        }
        return url.toString();
    }

    /** As libpq: who names authorities wants them asked. JDBC would not. */
    private static SslMode mode(PgAddress address) {
        return address.sslMode() == SslMode.REQUIRE && address.caCertPath() != null ? SslMode.VERIFY_CA : address.sslMode();
    }
}
