package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.down;
import static dev.heartbeat.store.Beats.hear;
import static dev.heartbeat.store.Beats.host;
import static dev.heartbeat.store.Beats.up;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.Observation;
import dev.heartbeat.services.PostgresServer;

class PostgresStoreIT extends StateStoreContract {
    private static final PostgresFixture POSTGRES = new PostgresFixture(PostgresServer.shared());

    @Override
    List<StateStore> twoStores() {
        POSTGRES.empty();
        return List.of(POSTGRES.store(), POSTGRES.store());
    }

    @Test
    void aChangeThatChangesNothingWritesNothing() {
        get(POSTGRES.store().update("s", Change::none));
        assertThat(POSTGRES.number("select count(*) from heartbeat_sources")).isZero();
    }

    @Test
    void theOutboxKeepsSoManyAndDropsTheOldest() {
        StateStore store = POSTGRES.store(100);
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            observations.add(down(host("t" + i), 1));
        }
        get(store.update("s", hear(new Beats("s").say(1, observations))));
        assertThat(POSTGRES.number("select count(*) from heartbeat_outbox")).isBetween(100L, 200L);
        assertThat(drain(store)).hasSizeBetween(100, 200).extracting(one -> one.transition().target()).contains(host("t999"));
    }

    @Test
    void aSourceStandsInItsTablesAndIsReadBackByAnyProcess() {
        StateStore store = POSTGRES.store();
        Beats beats = new Beats("s");
        get(store.update("s", hear(beats.say(1, down(DB, 1), down(host("old"), 1)))));
        get(store.update("s", hear(beats.say(2, Set.of(DB), List.of(down(DB, 2))))));
        assertThat(POSTGRES.ask("select name, version from heartbeat_sources").toString()).isEqualTo("[{name=s, version=2}]");
        assertThat(POSTGRES.value("select value from heartbeat_fields where field = 'host:db'").toString())
                .contains("\"DOWN\"");
        assertThat(POSTGRES.value("select value from heartbeat_fields where field = 'host:old'")).isNull();
        assertThat(POSTGRES.value("select value from heartbeat_retired where field = 'host:old'").toString())
                .contains("\"DOWN\"");
        assertSame(one(get(POSTGRES.store().refresh())), one(store.known()));
    }

    @Test
    void aSourceThatIsDeletedIsForgottenAndBeginsAnew() {
        StateStore store = POSTGRES.store();
        Beats beats = new Beats("s");
        get(store.update("s", hear(beats.say(1, up(DB, 1), up(host("old"), 1)))));
        POSTGRES.ask("delete from heartbeat_sources");
        assertThat(POSTGRES.number("select count(*) from heartbeat_fields")).isZero();
        Change change = get(store.update("s", hear(beats.say(2, up(DB, 2)))));
        assertThat(change.next().version()).isEqualTo(1);
        assertThat(change.next().targets()).containsOnlyKeys(DB);
        POSTGRES.ask("delete from heartbeat_sources");
        assertThat(get(store.refresh())).isEmpty();
    }

    /** A database that comes back with an older backup has other versions under the same numbers. */
    @Test
    void whatTheDatabaseLostIsNotTakenForKnown() {
        StateStore store = POSTGRES.store();
        StateStore other = POSTGRES.store();
        Beats beats = new Beats("s");
        get(store.update("s", hear(beats.say(1, up(DB, 1)))));
        get(other.refresh());
        POSTGRES.ask("create table kept_sources as select * from heartbeat_sources");
        get(store.update("s", hear(beats.say(2, up(DB, 2), up(host("lost"), 2)))));
        POSTGRES.ask("update heartbeat_sources s set version = k.version, stamp = k.stamp, before = k.before, head = k.head"
                + " from kept_sources k where k.id = s.id");
        POSTGRES.ask("delete from heartbeat_fields where field like '%lost'; drop table kept_sources");
        get(other.update("s", hear(beats.say(3, up(DB, 3)))));
        Change change = get(store.update("s", hear(beats.say(4, up(DB, 4)))));
        assertThat(change.next().version()).isEqualTo(3);
        assertThat(change.next().targets()).containsOnlyKeys(DB);
    }

    /** No index takes such a name. */
    @Test
    void namesOfAnyLengthAreKept() {
        String longest = new Random(1).ints(20_000, 'a', 'z').collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();
        List<String> names = List.of(longest + 1, longest + 2, "\ud800", "\udc00", "\\0000", "\0");
        List<Observation> observations = new ArrayList<>();
        names.forEach(name -> observations.add(up(host(name), 1)));
        StateStore store = POSTGRES.store();
        get(store.update(longest, hear(new Beats(longest).say(1, observations))));
        get(store.update(longest, hear(new Beats(longest).say(2, observations))));
        StateStore later = POSTGRES.store();
        assertThat(one(get(later.refresh())).targets().keySet()).extracting(target -> target.name())
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(one(later.known()).source()).isEqualTo(longest);
    }
}
