package dev.heartbeat.store;

import java.time.Duration;

import dev.heartbeat.services.PostgresServer;
import io.vertx.core.Vertx;

/** How does a test have stores on a real PostgreSQL, and look at what they wrote? */
final class PostgresFixture {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String TABLES = "heartbeat_sources, heartbeat_fields, heartbeat_retired, heartbeat_outbox,"
            + " heartbeat_transitions, heartbeat_readers, heartbeat_latencies";
    private static final int OUTBOX_LENGTH = 10_000;
    private static final Duration DEAF = Duration.ofSeconds(2);

    private final PostgresServer server;
    private final String database;
    private final PgPools pools = pools();

    PostgresFixture(PostgresServer server) {
        this.server = server;
        this.database = server.database();
        StateStoreContract.get(store().start());
    }

    static PgPools pools() {
        return new PgPools(VERTX);
    }

    PgAddress address() {
        return address(server.port());
    }

    PostgresStore store() {
        return store(OUTBOX_LENGTH);
    }

    PostgresStore store(int outboxLength) {
        return new PostgresStore(() -> pools.of(address()), this::address, outboxLength, StateStoreContract.PATIENCE);
    }

    /** A process of its own. */
    PostgresStore store(PgAddress address, Duration patience) {
        PgPools own = pools();
        return new PostgresStore(() -> own.of(address, DEAF), () -> address, OUTBOX_LENGTH, patience);
    }

    /** Through another port. */
    PgAddress address(int port) {
        return new PgAddress("localhost", port, database, "postgres", "", SslMode.DISABLE, null);
    }

    PgLink link() {
        return new PgLink(() -> pools.of(address()), this::address, StateStoreContract.PATIENCE);
    }

    PostgresFixture empty() {
        ask("truncate " + TABLES + " restart identity");
        return this;
    }

    java.util.List<java.util.Map<String, Object>> ask(String sql) {
        return server.ask(database, sql);
    }

    /** The one value of the one row. */
    Object value(String sql) {
        return ask(sql).get(0).values().iterator().next();
    }

    long number(String sql) {
        return ((Number) value(sql)).longValue();
    }
}
