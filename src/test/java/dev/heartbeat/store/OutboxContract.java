package dev.heartbeat.store;

import static dev.heartbeat.store.StateStoreContract.PATIENCE;
import static dev.heartbeat.store.StateStoreContract.WEIRD;
import static dev.heartbeat.store.StateStoreContract.get;
import static dev.heartbeat.store.Stores.fall;
import static dev.heartbeat.store.Stores.hosts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.store.Outbox.Entry;
import dev.heartbeat.store.Outbox.Place;
import io.smallrye.mutiny.Uni;

/** What does every outbox promise to its readers? */
abstract class OutboxContract {
    private static final int ALL = 100_000;

    private StateStore store;
    private StateStore other;
    private Outbox outbox;
    private Outbox others;

    /** A store without states whose outbox keeps about so many, and one that shares it as another subscriber does. */
    abstract List<StateStore> twoStores(int outboxLength);

    @BeforeEach
    void startTwoSubscribers() {
        start(10_000);
    }

    private void start(int outboxLength) {
        List<StateStore> two = twoStores(outboxLength);
        store = two.get(0);
        other = two.get(1);
        outbox = store.outbox();
        others = other.outbox();
        get(store.start());
        get(other.start());
    }

    @Test
    void anEmptyOutboxHasNothingAndIsComplete() {
        assertThat(get(outbox.newest())).isEqualTo(Outbox.BEGIN);
        assertThat(get(outbox.after(Outbox.BEGIN, 10))).isEmpty();
        assertThat(get(outbox.kept("s", null, 10))).isEmpty();
        assertThat(get(outbox.kept("s", "5-5", 10))).isEmpty();
        assertThat(get(outbox.isComplete(Outbox.BEGIN))).isTrue();
    }

    @Test
    void entriesOfAllSourcesHaveTheOrderOfTheirCommitsWhoeverCommitsThem() {
        List<String> committed = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            List<String> hosts = hosts("t" + i, 0, 3);
            get((i % 2 == 0 ? store : other).update("s" + i % 3, fall(hosts)));
            committed.addAll(hosts);
        }
        List<Entry> entries = get(others.after(Outbox.BEGIN, ALL));
        assertThat(names(entries)).isEqualTo(committed);
        assertThat(entries).isSortedAccordingTo((one, next) -> Outbox.compare(one.id(), next.id()))
                .extracting(Entry::id).doesNotHaveDuplicates().allMatch(Outbox::isId);
        assertThat(get(outbox.newest())).isEqualTo(entries.get(entries.size() - 1).id());
    }

    @Test
    void aReaderGoesOnAfterAnyIdAndTakesAsMuchAsItWants() {
        get(store.update("s", fall(hosts("t", 0, 20))));
        List<Entry> entries = get(outbox.after(Outbox.BEGIN, ALL));
        for (int done = 0; done < entries.size(); done++) {
            String id = entries.get(done).id();
            assertThat(get(others.after(id, ALL))).isEqualTo(entries.subList(done + 1, entries.size()));
            assertThat(get(outbox.after(id, 3))).isEqualTo(entries.subList(done + 1, Math.min(done + 4, entries.size())));
        }
    }

    @Test
    void ofEachSourceTheNewestThousandAreKeptUnderTheSameIds() {
        get(store.update("s", fall(hosts("first", 0, 700))));
        get(other.update("quiet", fall("alone")));
        get(other.update("s", fall(hosts("second", 0, 700))));
        get(store.update("s", fall(hosts("third", 0, 1_200))));
        List<Entry> kept = get(others.kept("s", null, ALL));
        List<Entry> newestFirst = new ArrayList<>(get(outbox.after(Outbox.BEGIN, ALL)));
        java.util.Collections.reverse(newestFirst);
        assertThat(kept).hasSize(1_000).isEqualTo(newestFirst.subList(0, 1_000));
        assertThat(names(get(outbox.kept("quiet", null, ALL)))).containsExactly("alone");
        assertThat(get(outbox.kept("nobody", null, ALL))).isEmpty();
    }

    @Test
    void whoLooksBackGoesPageByPage() {
        get(store.update("s", fall(hosts("a", 0, 130))));
        get(other.update("s", fall(hosts("b", 0, 70))));
        List<Entry> pages = new ArrayList<>();
        List<Entry> page = get(outbox.kept("s", null, 33));
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(33);
            pages.addAll(page);
            page = get(outbox.kept("s", page.get(page.size() - 1).id(), 33));
        }
        assertThat(pages).isEqualTo(get(outbox.kept("s", null, ALL))).hasSize(200);
    }

    @Test
    void aReaderCanTellWhetherSomethingWasDroppedBeforeItReadIt() {
        start(100);
        List<Entry> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            get(store.update("s" + i % 2, fall(hosts("t" + i, 0, 33))));
            String position = all.isEmpty() ? Outbox.BEGIN : all.get(all.size() - 1).id();
            assertThat(get(outbox.isComplete(position))).isTrue();
            all.addAll(get(outbox.after(position, ALL)));
        }
        List<Entry> left = get(outbox.after(Outbox.BEGIN, ALL));
        assertThat(left).hasSizeBetween(100, 299);
        int newestDropped = all.size() - left.size() - 1;
        for (int i = 0; i < all.size(); i++) {
            assertThat(get(others.isComplete(all.get(i).id()))).as("entry %d of %d", i, newestDropped)
                    .isEqualTo(i >= newestDropped);
        }
        assertThat(get(outbox.isComplete(Outbox.BEGIN))).isFalse();
    }

    @Test
    void anIdThatNobodyHasGivenYetIsOfAnotherLife() {
        assertThat(get(outbox.isComplete("999999999999999-0"))).isFalse();
        get(store.update("s", fall("a")));
        assertThat(get(outbox.isComplete("999999999999999-0"))).isFalse();
        assertThat(get(outbox.after("999999999999999-0", ALL))).isEmpty();
        assertThat(get(outbox.isComplete(get(outbox.newest())))).isTrue();
    }

    @Test
    void aPlaceThatNobodyHasHadIsAtNoPositionAndHasNoNotes() {
        Place place = get(outbox.claim("log", PATIENCE));
        assertThat(place.reader()).isEqualTo("log");
        assertThat(place.position()).isNull();
        assertThat(place.notes()).isNull();
    }

    @Test
    void aPlaceIsHeldByOneAlone() {
        assertThat(get(outbox.claim("log", PATIENCE))).isNotNull();
        assertThat(get(others.claim("log", PATIENCE))).isNull();
        assertThat(get(outbox.claim("log", PATIENCE))).isNull();
        assertThat(get(others.claim("mail", PATIENCE))).as("another reader's place").isNotNull();
    }

    @Test
    void ofManyWhoClaimAtTheSameMomentOneGetsThePlace() {
        List<Uni<Place>> claims = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            claims.add((i % 2 == 0 ? outbox : others).claim("log", PATIENCE));
        }
        assertThat(get(Uni.join().all(claims).andFailFast()).stream().filter(Objects::nonNull)).hasSize(1);
    }

    @Test
    void whoComesNextGoesOnAtTheKeptPositionWithTheKeptNotes() {
        Place place = get(outbox.claim("log", PATIENCE));
        assertThat(get(outbox.keep(place.at("5-1", "half"), PATIENCE))).isTrue();
        assertThat(get(others.claim("log", PATIENCE))).as("kept is not given back").isNull();
        assertThat(get(outbox.keep(place.at("5-2", "open: db"), Duration.ZERO))).isTrue();
        Place next = get(others.claim("log", PATIENCE));
        assertThat(next.position()).isEqualTo("5-2");
        assertThat(next.notes()).isEqualTo("open: db");
        assertThat(get(others.keep(next.at("5-3", null), Duration.ZERO))).isTrue();
        assertThat(get(outbox.claim("log", PATIENCE)).notes()).as("forgotten notes").isNull();
    }

    @Test
    void whoGaveAPlaceBackKeepsNothingAnyMore() {
        Place place = get(outbox.claim("log", PATIENCE)).at("5-1", "n");
        get(outbox.keep(place, Duration.ZERO));
        assertThat(get(outbox.keep(place.at("5-9", "late"), PATIENCE))).isFalse();
        assertThat(get(others.claim("log", PATIENCE)).position()).isEqualTo("5-1");
    }

    @Test
    void whoDiedIsFollowedByAnotherAfterTheLeaseAndKeepsNothingIfItWasOnlyAsleep() {
        Place first = get(outbox.claim("log", PATIENCE)).at("5-1", "done");
        assertThat(get(outbox.keep(first, Duration.ofMillis(150)))).isTrue();
        Place second = await().atMost(PATIENCE).until(() -> get(others.claim("log", PATIENCE)), Objects::nonNull);
        assertThat(second.position()).isEqualTo("5-1");
        assertThat(second.notes()).isEqualTo("done");
        assertThat(get(outbox.keep(first.at("5-7", "asleep"), PATIENCE))).isFalse();
        assertThat(get(others.keep(second, Duration.ZERO))).isTrue();
        assertThat(get(outbox.claim("log", PATIENCE)).position()).isEqualTo("5-1");
    }

    @Test
    void whoIsLateHoldsThePlaceAsLongAsNobodyElseWantsIt() {
        Place place = get(outbox.claim("log", Duration.ofMillis(1)));
        await().atMost(PATIENCE).until(() -> get(others.claim("clock", Duration.ofMillis(1))) != null);
        assertThat(get(outbox.keep(place.at("5-1", null), PATIENCE))).isTrue();
        assertThat(get(others.claim("log", PATIENCE))).isNull();
    }

    @Test
    void anyTextIsTheNameOfAReaderOrANote() {
        for (String name : WEIRD) {
            Place place = get(outbox.claim(name, PATIENCE));
            assertThat(place.position()).as("of %s alone", name).isNull();
            get(outbox.keep(place.at("7-7", name), Duration.ZERO));
            assertThat(get(others.claim(name, PATIENCE)).notes()).isEqualTo(name);
        }
    }

    /** Two processes share one place: each entry is done by one of them. */
    @Test
    void whateverReadersTakeTurnsEveryEntryIsReadOnce() {
        get(store.update("s", fall(hosts("t", 0, 50))));
        List<Entry> read = new ArrayList<>();
        for (int turn = 0; turn < 12; turn++) {
            Outbox reader = turn % 2 == 0 ? outbox : others;
            Place place = get(reader.claim("log", PATIENCE));
            String position = place.position() == null ? Outbox.BEGIN : place.position();
            List<Entry> some = get(reader.after(position, 5));
            read.addAll(some);
            String done = some.isEmpty() ? position : some.get(some.size() - 1).id();
            get(reader.keep(place.at(done, null), Duration.ZERO));
        }
        assertThat(names(read)).isEqualTo(hosts("t", 0, 50));
    }

    static List<String> names(List<Entry> entries) {
        return entries.stream().map(entry -> entry.transition().target().name()).toList();
    }
}
