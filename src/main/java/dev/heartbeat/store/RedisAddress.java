package dev.heartbeat.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.RedisOptions;

/** How does the Redis client get from {@link StoreConfig} to a trusted connection? */
@Singleton
public final class RedisAddress implements RedisOptionsCustomizer {
    private static final int CONNECT_MILLIS = 3_000;
    /** A connection on which nothing comes back for so long holds a command that will never be answered. */
    private static final int DEAF_MILLIS = 2 * (int) RedisLink.PATIENCE.toMillis();
    private static final int REUSE_MILLIS = (int) Duration.ofSeconds(5).toMillis();

    /** Many who look at once wait for a connection, and make nobody fail who hears. */
    private static final int MOST_WAITING = 1_000;

    private final StoreConfig config;

    RedisAddress(StoreConfig config) {
        this.config = config;
    }

    @Override
    public void customize(String client, RedisOptions options) {
        options.setConnectionString(connectionString());
        // One shape of answers, whatever the server's version.
        options.setPreferredProtocolVersion(ProtocolVersion.RESP2);
        options.setPoolRecycleTimeout(REUSE_MILLIS);
        options.setMaxPoolWaiting(MOST_WAITING);
        NetClientOptions net = options.getNetClientOptions();
        // Who calls tries again, and wants to know at once.
        net.setReconnectAttempts(0);
        net.setConnectTimeout(CONNECT_MILLIS);
        net.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        net.setReadIdleTimeout(DEAF_MILLIS);
        if (config.tls()) {
            net.setSsl(true).setTrustAll(false).setHostnameVerificationAlgorithm("HTTPS");
            text(config.caCertPath()).ifPresent(path -> net.setTrustOptions(new PemTrustOptions().addCertPath(path)));
        }
    }

    /** The name under which faults of the connection are told: without credentials. */
    String name() {
        return scheme() + place();
    }

    private String connectionString() {
        if (!isHost()) {
            throw new IllegalStateException("REDIS_HOST=" + config.host()
                    + " is no host name that the Redis client can use (an underscore?): give the host an alias, or say its address");
        }
        return scheme() + credentials() + place();
    }

    private boolean isHost() {
        try {
            return new URI(name()).getHost() != null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private String scheme() {
        return config.tls() ? "rediss://" : "redis://";
    }

    private String place() {
        return host() + ":" + config.port() + "/" + config.db();
    }

    private String host() {
        return config.host().indexOf(':') >= 0 && !config.host().startsWith("[") ? "[" + config.host() + "]" : config.host();
    }

    private String credentials() {
        Optional<String> username = text(config.username());
        Optional<String> password = text(config.password());
        return username.isEmpty() && password.isEmpty() ? ""
                : encoded(username) + ":" + encoded(password) + "@";
    }

    /** Anything may stand in a password; what stands in an address is written in percents, and a space is never a plus. */
    private static String encoded(Optional<String> text) {
        return URLEncoder.encode(text.orElse(""), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Optional<String> text(Optional<String> value) {
        return value.filter(text -> !text.isBlank());
    }
}
