package dev.heartbeat.store;

import java.time.Duration;
import java.util.Set;
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
    private static final Duration QUICK = Duration.ofSeconds(5);
    /** It went down, goes down, comes up, or gave one of two that waited for each other the way. */
    private static final Set<String> PASSING = Set.of("57P01", "57P02", "57P03", "40001", "40P01");
    private static final String OF_CONNECTIONS = "08";
    /** So long the pool may take to see which of its connections are gone. */
    private static final Duration BREATH = Duration.ofMillis(50);

    private final Supplier<Pool> pool;
    private final Supplier<PgAddress> address;
    private final Duration patience;

    /**
     * Connects with the first question; neither {@code pool} nor {@code address} is called before.
     *
     * @param patience a database that is silent for so long is away
     */
    PgLink(Supplier<Pool> pool, Supplier<PgAddress> address, Duration patience) {
        this.pool = pool;
        this.address = address;
        this.patience = patience;
    }

    PgAddress address() {
        return address.get();
    }

    Uni<RowSet<Row>> ask(String sql, Object... values) {
        return ask(sql, Tuple.wrap(values));
    }

    Uni<RowSet<Row>> ask(String sql, Tuple values) {
        return inTime(question(sql, values), patience);
    }

    /** As {@link #ask}; where the connection breaks it is asked once more on another, so it must do no harm twice. */
    Uni<RowSet<Row>> askAgain(String sql, Object... values) {
        return inTime(question(sql, Tuple.wrap(values))
                .onFailure(PgLink::isBroken).recoverWithUni(() -> Uni.createFrom().voidItem()
                        .onItem().delayIt().by(BREATH).chain(() -> question(sql, Tuple.wrap(values)))),
                patience);
    }

    private Uni<RowSet<Row>> question(String sql, Tuple values) {
        return deferred(() -> pool.get().preparedQuery(sql).execute(values));
    }

    Uni<Void> ping() {
        return inTime(deferred(() -> pool.get().query("select 1").execute()), QUICK).replaceWithVoid();
    }

    /** All or nothing of what {@code work} does; nobody else who asks for that word does so at the same time. */
    Uni<Void> alone(String word, Function<SqlConnection, Future<?>> work) {
        return inTime(deferred(() -> pool.get().withTransaction(connection -> connection
                .query("set local lock_timeout = '5s'; set local client_min_messages = warning").execute()
                .compose(set -> connection.preparedQuery("select pg_advisory_xact_lock(hashtext($1))").execute(Tuple.of(word)))
                .compose(locked -> work.apply(connection))
                .<Void> mapEmpty())), patience);
    }

    private static <T> Uni<T> deferred(Supplier<Future<T>> question) {
        return Uni.createFrom().deferred(() -> UniHelper.toUni(question.get()));
    }

    private <T> Uni<T> inTime(Uni<T> answer, Duration most) {
        return answer.ifNoItem().after(most).failWith(() -> new TimeoutException(
                "PostgreSQL " + address.get() + " did not answer within " + most.toMillis() + " ms"));
    }

    private static boolean isBroken(Throwable fault) {
        return !(fault instanceof PgException) || code(fault).startsWith(OF_CONNECTIONS) || PASSING.contains(code(fault));
    }

    /** The five characters by which PostgreSQL tells one fault from another; empty when the fault is none of its. */
    static String code(Throwable fault) {
        return fault instanceof PgException told && told.getSqlState() != null ? told.getSqlState() : "";
    }
}
