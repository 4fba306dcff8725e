package dev.heartbeat.store;

import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

/** Which connections to databases does this process hold? One pool per address; connects when first asked. */
@ApplicationScoped
public class PgPools {
    private static final Logger LOG = Logger.getLogger(PgPools.class);
    private static final int CONNECTIONS = 4;
    private static final int CONNECT_MILLIS = 3_000;
    /** A connection on which nothing comes back for so long holds a question that will never be answered. */
    private static final Duration DEAF = Duration.ofMinutes(2);
    private final Vertx vertx;
    private final Map<Use, Pool> pools = new ConcurrentHashMap<>();
    private final Map<PgAddress, PgTrust> trusts = new ConcurrentHashMap<>();

    private final Set<PgAddress> told = ConcurrentHashMap.newKeySet();

    private record Use(PgAddress address, Duration deaf) {
    }

    PgPools(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * The pool of that database, shared by all who ask for it.
     *
     * @throws IllegalArgumentException when the file of its authorities can not be read
     */
    public Pool of(PgAddress address) {
        return of(address, DEAF);
    }

    /**
     * The pool for those who never ask what takes long: a connection on which nothing comes back for so long is given up. They
     * wait for no one else's questions either.
     *
     * @throws IllegalArgumentException when the file of its authorities can not be read
     */
    Pool of(PgAddress address, Duration deaf) {
        return pools.computeIfAbsent(new Use(address, deaf), this::open);
    }

    /** Why the certificate of that database was refused, which its client does not say; null where it was not. */
    CertificateException refusal(PgAddress address) {
        PgTrust trust = trusts.get(address);
        return trust == null ? null : trust.refusal();
    }

    private Pool open(Use use) {
        PgAddress address = use.address();
        PgConnectOptions options = new PgConnectOptions().setHost(address.host()).setPort(address.port())
                .setDatabase(address.database()).setUser(address.user())
                .setPassword(Objects.requireNonNullElse(address.password(), ""))
                .setCachePreparedStatements(true);
        options.addProperty("application_name", "heartbeat");
        if (address.options() != null) {
            options.addProperty("options", address.options());
        }
        if (address.unheeded() != null && told.add(address)) {
            LOG.warnf("PostgreSQL %s: its DSN asks for what is not done: %s", address, address.unheeded());
        }
        options.setConnectTimeout(CONNECT_MILLIS).setTcpKeepAlive(true).setReadIdleTimeout((int) use.deaf().toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        PgTrust trust = PgTls.set(options, address, vertx);
        if (trust != null) {
            trusts.put(address, trust);
        }
        // Whoever asks has a patience of his own. The pool's would end with an error in the log after every connection that failed.
        PoolOptions pool = new PoolOptions().setMaxSize(CONNECTIONS).setConnectionTimeout(0);
        return PgBuilder.pool().with(pool).connectingTo(options).using(vertx).build();
    }

    @PreDestroy
    void close() {
        pools.values().forEach(Pool::close);
    }
}
