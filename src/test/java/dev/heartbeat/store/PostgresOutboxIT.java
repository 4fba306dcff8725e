package dev.heartbeat.store;

import static dev.heartbeat.store.StateStoreContract.PATIENCE;
import static dev.heartbeat.store.StateStoreContract.get;
import static dev.heartbeat.store.Stores.fall;
import static dev.heartbeat.store.Stores.hosts;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Change;
import dev.heartbeat.services.PostgresServer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

class PostgresOutboxIT extends OutboxContract {
    private static final PostgresFixture POSTGRES = new PostgresFixture(PostgresServer.shared());

    @Override
    List<StateStore> twoStores(int outboxLength) {
        POSTGRES.empty();
        return List.of(POSTGRES.store(outboxLength), POSTGRES.store(outboxLength));
    }

    @Test
    void whatCanNotBeReadTakesNoRoomAndStopsNobody() {
        StateStore store = POSTGRES.store();
        for (String name : List.of("a", "x", "b", "c", "y")) {
            get(store.update("s", fall(name)));
        }
        POSTGRES.ask("update heartbeat_outbox set transition = 'not json' where transition like '%host:x%'");
        POSTGRES.ask("update heartbeat_outbox set transition = '{\"source\":\"s\",\"target\":\"moon:m\","
                + "\"at\":\"2026-11-20T12:00:00Z\"}' where transition like '%host:y%'");
        List<Outbox.Entry> first = get(store.outbox().after(Outbox.BEGIN, 2));
        assertThat(names(first)).containsExactly("a", "b");
        assertThat(names(get(store.outbox().after(first.get(1).id(), 2)))).containsExactly("c");
    }

    @Test
    void whoLooksBackPassesOverWhatCanNotBeRead() {
        StateStore store = POSTGRES.store();
        get(store.update("s", fall(hosts("t", 0, 5))));
        POSTGRES.ask("update heartbeat_transitions set transition = '{}' where transition like '%t-3%'");
        assertThat(names(get(store.outbox().kept("s", null, 2)))).containsExactly("t-4", "t-2");
    }

    @Test
    void anOutboxThatWasDeletedBeginsAnother() {
        StateStore store = POSTGRES.store();
        get(store.update("s", fall("a", "b")));
        String position = get(store.outbox().newest());
        POSTGRES.ask("delete from heartbeat_outbox");
        assertThat(get(store.outbox().isComplete(position))).isFalse();
        assertThat(get(store.outbox().isComplete(Outbox.BEGIN))).isTrue();
        get(store.update("s", fall("c")));
        assertThat(names(get(store.outbox().kept("s", null, 10)))).containsExactly("c", "b", "a");
    }

    @Test
    void idsGrowThoughTheClockIsSetBack() {
        StateStore store = POSTGRES.store();
        get(store.update("s", fall("a")));
        POSTGRES.ask("update heartbeat_outbox set millis = 9999999999999");
        get(store.update("s", fall("b", "c")));
        assertThat(names(get(store.outbox().after(Outbox.BEGIN, 10)))).containsExactly("a", "b", "c");
        assertThat(get(store.outbox().newest())).isEqualTo("9999999999999-3");
    }

    @Test
    void aLeaseIsMeasuredByTheClockOfTheDatabase() {
        Outbox outbox = POSTGRES.store().outbox();
        get(outbox.claim("log", Duration.ofSeconds(20)));
        assertThat(POSTGRES.number("select extract(epoch from until - clock_timestamp()) from heartbeat_readers"))
                .isBetween(1L, 20L);
        POSTGRES.ask("update heartbeat_readers set until = until - interval '20 seconds'");
        assertThat(get(outbox.claim("log", PATIENCE))).isNotNull();
    }

    /** A mass change: what the source would not keep anyway is not written for it. */
    @Test
    void ofAMassChangeASourceIsGivenOnlyWhatItKeeps() {
        get(POSTGRES.store().update("s", fall(hosts("t", 0, 5_000))));
        assertThat(POSTGRES.number("select count(*) from heartbeat_transitions")).isEqualTo(1_000);
        assertThat(POSTGRES.number("select count(*) from heartbeat_outbox")).isEqualTo(5_000);
    }

    /** Not the sequence of a database, whose numbers can be seen in another order than they were given. */
    @Test
    void nobodySeesAnEntryBeforeThoseThatHaveSmallerIds() {
        List<StateStore> two = List.of(POSTGRES.store(), POSTGRES.store());
        Outbox outbox = POSTGRES.store().outbox();
        List<Uni<Change>> updates = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            updates.add(two.get(i % 2).update("s" + i % 8, fall("t" + i)));
        }
        Cancellable all = Uni.join().all(updates).andFailFast()
                .subscribe().with(done -> {
                });
        List<Outbox.Entry> read = new ArrayList<>();
        String position = Outbox.BEGIN;
        while (read.size() < 400) {
            List<Outbox.Entry> some = get(outbox.after(position, 7));
            read.addAll(some);
            position = some.isEmpty() ? position : some.get(some.size() - 1).id();
        }
        all.cancel();
        assertThat(names(read)).hasSize(400).doesNotHaveDuplicates();
    }
}
