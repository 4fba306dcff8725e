package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.down;
import static dev.heartbeat.store.Beats.hear;
import static dev.heartbeat.store.Beats.host;
import static dev.heartbeat.store.Beats.up;
import static dev.heartbeat.store.OutboxContract.names;
import static dev.heartbeat.store.StateStoreContract.PATIENCE;
import static dev.heartbeat.store.StateStoreContract.drain;
import static dev.heartbeat.store.StateStoreContract.get;
import static dev.heartbeat.store.StateStoreContract.one;
import static dev.heartbeat.store.Stores.fall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.Heard;
import dev.heartbeat.model.Target;
import dev.heartbeat.services.PostgresServer;
import dev.heartbeat.services.Relay;
import dev.heartbeat.services.Relay.Gates;
import io.smallrye.mutiny.Uni;

/** What does a store do while PostgreSQL is away or silent, or when its answer is lost? */
class PostgresFaultsIT {
    private static final Target DB = host("db");
    private static final PostgresServer SERVER = PostgresServer.start();
    private static final PostgresFixture POSTGRES = new PostgresFixture(SERVER);
    private static final String OTHERS = "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()";

    private final PostgresStore store = POSTGRES.store(POSTGRES.address(), Duration.ofSeconds(5));
    private final PostgresStore hasty = POSTGRES.store(POSTGRES.address(), Duration.ofMillis(700));
    private final Beats beats = new Beats("s");

    @BeforeEach
    void begin() {
        POSTGRES.empty();
    }

    @AfterAll
    static void end() {
        SERVER.close();
    }

    @Test
    void whileTheDatabaseIsAwayAnUpdateFailsAtOnceAndTheSameUpdateSucceedsAfterwards() {
        get(store.start());
        get(store.update("s", hear(beats.say(1, up(DB, 1)))));
        Heard missed = beats.say(2, down(DB, 2));
        SERVER.stop();
        Instant begin = Instant.now();
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> get(store.update("s", hear(missed)))).hasMessageContaining("refused");
            assertThatThrownBy(() -> get(store.update("s", Change::none))).isNotNull();
            assertThatThrownBy(() -> get(store.ping())).isNotNull();
            assertThatThrownBy(() -> get(store.refresh())).isNotNull();
            assertThatThrownBy(() -> get(store.outbox().newest())).isNotNull();
        }
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(one(store.known()).version()).isEqualTo(1);
        SERVER.startAgain();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> get(store.update("s", hear(missed))).next().version() == 2);
        assertThat(drain(store)).hasSize(1);
    }

    @Test
    void aStoreBeginsWithTheDatabaseDown() {
        SERVER.stop();
        assertThatThrownBy(() -> get(store.start())).hasMessageContaining("refused");
        SERVER.startAgain();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            get(store.start());
            return true;
        });
        get(store.update("s", hear(beats.say(1, up(DB, 1)))));
    }

    @Test
    void aSilentDatabaseIsAFaultAndItsLateAnswerDoesNoHarm() throws SQLException {
        get(store.start());
        get(store.update("s", hear(beats.say(1, up(DB, 1)))));
        Heard held = beats.say(2, down(DB, 2));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> one(get(hasty.refresh())).version() == 1);
        try (Connection lock = lockTheSources()) {
            assertThatThrownBy(() -> get(hasty.update("s", hear(held)))).hasCauseInstanceOf(TimeoutException.class)
                    .hasMessageContaining("700 ms");
            lock.rollback();
        }
        await().atMost(PATIENCE).ignoreExceptions().until(() -> get(hasty.update("s", hear(held))).next().version() == 2);
        assertThat(drain(store)).hasSize(1);
        assertThat(one(hasty.known()).targets().get(DB).lastDown()).isNotNull();
    }

    /** As a host that lost its power: the connection stays, and nothing ever comes back on it. */
    @Test
    void connectionsThatNeverAnswerAreGivenUp() {
        AtomicBoolean deaf = new AtomicBoolean();
        Relay relay = Relay.to(SERVER.port(), () -> new Gates((bytes, on) -> {
            if (!deaf.get()) {
                on.write(bytes);
            }
        }, Gates.open().toProgram()));
        PostgresStore far = POSTGRES.store(POSTGRES.address(relay.port()), Duration.ofMillis(300));
        Heard before = beats.say(1, up(DB, 1));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> get(far.update("s", hear(before))) != null);
        deaf.set(true);
        for (int i = 0; i < 8; i++) {
            assertThatThrownBy(() -> get(far.ping())).hasMessageContaining("300 ms");
        }
        deaf.set(false);
        Heard after = beats.say(2, down(DB, 2));
        await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> get(far.update("s", hear(after))) != null);
        assertThat(names(drain(store))).containsExactly("db");
        relay.close();
    }

    @Test
    void aCommitWhoseAnswerIsLostIsKnownAndNotMadeTwice() {
        AtomicBoolean shut = new AtomicBoolean();
        Relay relay = Relay.to(SERVER.port(), () -> new Gates(Gates.open().toService(),
                (bytes, on) -> passUnless(shut, bytes, on)));
        PostgresStore far = POSTGRES.store(POSTGRES.address(relay.port()), PATIENCE);
        get(far.update("s", fall("a")));
        shut.set(true);
        Change change = get(far.update("s", fall("b")));
        assertThat(shut).as("an answer was lost").isFalse();
        assertThat(change.next().version()).isEqualTo(2);
        get(far.update("s", fall("c")));
        assertThat(names(drain(store))).containsExactly("a", "b", "c");
        relay.close();
    }

    /** The first answer does not pass, and ends the connection. */
    private static void passUnless(AtomicBoolean shut, byte[] bytes, OutputStream on) throws IOException {
        if (shut.compareAndSet(true, false)) {
            throw new IOException("shut");
        }
        on.write(bytes);
    }

    @Test
    void aCommitThatIsLostUponWhichAnotherFollowedIsKnownToo() {
        AtomicBoolean shut = new AtomicBoolean();
        PostgresStore other = POSTGRES.store();
        Relay relay = Relay.to(SERVER.port(), () -> new Gates(Gates.open().toService(), (bytes, on) -> {
            if (shut.compareAndSet(true, false)) {
                get(other.update("s", fall("other")));
                throw new IOException("shut");
            }
            on.write(bytes);
        }));
        PostgresStore far = POSTGRES.store(POSTGRES.address(relay.port()), PATIENCE);
        get(far.update("s", fall("a")));
        shut.set(true);
        assertThat(get(far.update("s", fall("b"))).next().version()).isEqualTo(2);
        assertThat(get(far.update("s", fall("c"))).next().version()).isEqualTo(4);
        assertThat(names(drain(store))).containsExactly("a", "b", "other", "c");
        relay.close();
    }

    @Test
    void aConnectionThatIsKilledBeforeTheCommitIsFollowedByAnother() throws SQLException {
        PostgresStore patient = POSTGRES.store();
        get(patient.update("s", fall("a")));
        CompletableFuture<Change> update;
        try (Connection lock = lockTheSources()) {
            update = patient.update("s", fall("b")).subscribeAsCompletionStage();
            await().atMost(PATIENCE).until(() -> POSTGRES.number(
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event_type = 'Lock'") > 0);
            lock.rollback();
        }
        assertThat(update).succeedsWithin(PATIENCE).extracting(change -> change.next().version()).isEqualTo(2L);
        assertThat(names(drain(store))).containsExactly("a", "b");
    }

    private static Connection lockTheSources() throws SQLException {
        Connection connection = DriverManager.getConnection(JdbcUrl.of(POSTGRES.address()), "postgres", "");
        connection.setAutoCommit(false);
        connection.createStatement().execute("lock table heartbeat_sources in access exclusive mode");
        return connection;
    }

    @Test
    void whateverConnectionsAreKilledWhatWasConfirmedStandsOnceAndNothingTwice() {
        List<PostgresStore> two = List.of(POSTGRES.store(), POSTGRES.store(POSTGRES.address(), PATIENCE));
        List<Uni<Long>> updates = new ArrayList<>();
        List<String> confirmed = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 600; i++) {
            String name = "t" + i;
            updates.add(two.get(i % 2).update("s" + i % 3, fall(name)).invoke(() -> confirmed.add(name))
                    .map(change -> change.next().version()).onFailure().recoverWithItem(0L));
        }
        CompletableFuture<List<Long>> all = Uni.join().all(updates).andCollectFailures().subscribeAsCompletionStage();
        int kills = 0;
        while (!all.isDone()) {
            int at = 40 * ++kills;
            await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5))
                    .until(() -> confirmed.size() >= at || all.isDone());
            POSTGRES.ask(OTHERS);
        }
        assertThat(kills).isGreaterThan(5);
        PostgresStore later = POSTGRES.store(POSTGRES.address(), PATIENCE);
        assertThat(names(drain(later))).doesNotHaveDuplicates().containsAll(confirmed);
    }

    @Test
    void stoppedUnderLoadTheDatabaseHoldsEverythingThatWasConfirmed() {
        get(store.start());
        List<Uni<Long>> updates = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            Heard heard = beats.say(i, up(host("t" + i), i));
            updates.add(store.update("s", hear(heard)).map(change -> change.next().version()).onFailure().recoverWithItem(0L));
        }
        CompletableFuture<List<Long>> all = Uni.join().all(updates).andCollectFailures().subscribeAsCompletionStage();
        await().atMost(PATIENCE).until(() -> !store.known().isEmpty() && one(store.known()).version() > 20);
        SERVER.stop();
        SERVER.startAgain();
        assertThat(all).succeedsWithin(PATIENCE);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> !get(store.refresh()).isEmpty());
        long confirmed = all.join().stream().filter(version -> version > 0).count();
        assertThat(confirmed).isGreaterThan(20);
        assertThat(one(get(POSTGRES.store().refresh())).targets()).hasSizeGreaterThanOrEqualTo((int) confirmed);
    }
}
