package dev.heartbeat.store;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

/** Which connections to databases does this process hold? One pool per address; connects when first asked. */
@ApplicationScoped
public class PgPools {
    private static final int CONNECTIONS = 4;
    private static final int CONNECT_MILLIS = 3_000;
    /** Whoever waits longer for a connection is told that there is none. */
    private static final int ROOM_MILLIS = 10_000;
    /** A connection on which nothing comes back for so long holds a question that will never be answered. */
    private static final int DEAF_SECONDS = 120;
    private final Vertx vertx;
    private final Map<PgAddress, Pool> pools = new ConcurrentHashMap<>();

    PgPools(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * The pool of that database, shared by all who ask for it.
     *
     * @throws IllegalArgumentException when the file of its authorities can not be read
     */
    public Pool of(PgAddress address) {
        return pools.computeIfAbsent(address, this::open);
    }

    private Pool open(PgAddress address) {
        PgConnectOptions options = new PgConnectOptions().setHost(address.host()).setPort(address.port())
                .setDatabase(address.database()).setUser(address.user())
                .setPassword(Objects.requireNonNullElse(address.password(), ""))
                .setCachePreparedStatements(true);
        options.addProperty("application_name", "heartbeat");
        options.setConnectTimeout(CONNECT_MILLIS).setTcpKeepAlive(true).setReadIdleTimeout(DEAF_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        PgTls.set(options, address, vertx);
        PoolOptions pool = new PoolOptions().setMaxSize(CONNECTIONS).setConnectionTimeout(ROOM_MILLIS)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        return PgBuilder.pool().with(pool).connectingTo(options).using(vertx).build();
    }

    @PreDestroy
    void close() {
        pools.values().forEach(Pool::close);
    }
}
