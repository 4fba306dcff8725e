package dev.heartbeat.store;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** How is PostgreSQL asked, so that an answer comes or a fault, and never nothing? */
final class PgLink {
    /** Longer than a full batch or the sums of an hour ever took; a database that is silent for so long is away. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUICK = Duration.ofSeconds(5);

    private final Supplier<Pool> pool;
    private final PgAddress address;

    /** Connects with the first question; {@code pool} is not called before. */
    PgLink(Supplier<Pool> pool, PgAddress address) {
        this.pool = pool;
        this.address = address;
    }

    PgAddress address() {
        return address;
    }

    Uni<RowSet<Row>> ask(String sql, Object... values) {
        return ask(sql, Tuple.wrap(values));
    }

    Uni<RowSet<Row>> ask(String sql, Tuple values) {
        return deferred(() -> pool.get().preparedQuery(sql).execute(values), PATIENCE);
    }

    Uni<Void> ping() {
        return deferred(() -> pool.get().query("select 1").execute(), QUICK).replaceWithVoid();
    }

    /** All or nothing of what {@code work} does; nobody else who asks for that word does so at the same time. */
    Uni<Void> alone(String word, Function<SqlConnection, Future<?>> work) {
        return deferred(() -> pool.get().withTransaction(connection -> connection
                .query("set local lock_timeout = '5s'; set local client_min_messages = warning").execute()
                .compose(set -> connection.preparedQuery("select pg_advisory_xact_lock(hashtext($1))").execute(Tuple.of(word)))
                .compose(locked -> work.apply(connection))
                .<Void> mapEmpty()), PATIENCE);
    }

    private <T> Uni<T> deferred(Supplier<Future<T>> question, Duration patience) {
        return Uni.createFrom().deferred(() -> UniHelper.toUni(question.get()))
                .ifNoItem().after(patience).failWith(() -> new TimeoutException(
                        "PostgreSQL " + address + " did not answer within " + patience.toMillis() + " ms"));
    }

    /** The five characters by which PostgreSQL tells one fault from another; empty when the fault is none of its. */
    static String code(Throwable fault) {
        return fault instanceof PgException told && told.getSqlState() != null ? told.getSqlState() : "";
    }
}
