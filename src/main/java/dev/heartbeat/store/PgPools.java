package dev.heartbeat.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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
    private final Vertx vertx;
    private final Map<PgAddress, Pool> pools = new ConcurrentHashMap<>();

    PgPools(Vertx vertx) {
        this.vertx = vertx;
    }

    /** The pool of that database, shared by all who ask for it. */
    public Pool of(PgAddress address) {
        return pools.computeIfAbsent(address, this::open);
    }

    private Pool open(PgAddress address) {
        PgConnectOptions options = new PgConnectOptions().setHost(address.host()).setPort(address.port())
                .setDatabase(address.database()).setUser(address.user()).setPassword(address.password())
                .setCachePreparedStatements(true);
        return PgBuilder.pool().with(new PoolOptions().setMaxSize(CONNECTIONS)).connectingTo(options).using(vertx).build();
    }

    @PreDestroy
    void close() {
        pools.values().forEach(Pool::close);
    }
}
