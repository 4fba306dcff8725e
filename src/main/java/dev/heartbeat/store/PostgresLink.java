package dev.heartbeat.store;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** How is PostgreSQL asked, so that an answer comes or a fault, and never nothing? */
final class PostgresLink {
    /** A database that does not answer within this is away. */
    static final Duration PATIENCE = Duration.ofSeconds(5);
    /** A connection on which nothing has come for so long is given up: its other end may be gone without a word. */
    static final Duration DEAF = Duration.ofSeconds(20);
    /** It went down, goes down, comes up, or gave one of two that waited for each other the way. */
    private static final Set<String> PASSING = Set.of("57P01", "57P02", "57P03", "40001", "40P01");
    private static final String OF_CONNECTIONS = "08";
    /** So long the pool may take to see which of its connections are gone. */
    private static final Duration BREATH = Duration.ofMillis(50);

    private final Supplier<Pool> pool;
    private final Duration patience;

    /** Connects with the first statement; {@code pool} is not called before. */
    PostgresLink(Supplier<Pool> pool, Duration patience) {
        this.pool = pool;
        this.patience = patience;
    }

    /**
     * The rows of the answer; fails when the database refuses, is away, or is silent. A statement whose connection breaks is
     * asked once more on another, so it must do no harm twice.
     */
    Uni<RowSet<Row>> ask(String sql, Object... values) {
        return send(sql, values)
                .onFailure(PostgresLink::isBroken).recoverWithUni(() -> Uni.createFrom().voidItem()
                        .onItem().delayIt().by(BREATH).chain(() -> send(sql, values)))
                .ifNoItem().after(patience).failWith(this::silence);
    }

    private Uni<RowSet<Row>> send(String sql, Object... values) {
        return Uni.createFrom().completionStage(
                () -> pool.get().preparedQuery(sql).execute(Tuple.from(values)).toCompletionStage());
    }

    /** Whether the database itself answered with that error. */
    static boolean is(Throwable fault, String sqlState) {
        return fault instanceof PgException refusal && sqlState.equals(refusal.getSqlState());
    }

    private static boolean isBroken(Throwable fault) {
        return !(fault instanceof PgException refusal) || refusal.getSqlState().startsWith(OF_CONNECTIONS)
                || PASSING.contains(refusal.getSqlState());
    }

    private TimeoutException silence() {
        return new TimeoutException("PostgreSQL did not answer within " + patience.toMillis() + " ms");
    }
}
