package dev.heartbeat.store;

import static dev.heartbeat.store.Beats.at;
import static dev.heartbeat.store.Beats.down;
import static dev.heartbeat.store.Beats.hear;
import static dev.heartbeat.store.Beats.host;
import static dev.heartbeat.store.Beats.judge;
import static dev.heartbeat.store.Beats.up;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.Heard;
import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Policy;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;
import dev.heartbeat.model.Telling;
import dev.heartbeat.model.Transition;
import dev.heartbeat.store.Outbox.Entry;
import io.smallrye.mutiny.Uni;

/** What does every store promise to those who hear, judge and announce? */
abstract class StateStoreContract {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Target DB = host("db");

    private StateStore store;
    private StateStore other;
    private final Beats beats = new Beats("s");

    /** A store without states, and one that shares its states as another subscriber does. */
    abstract List<StateStore> twoStores();

    @BeforeEach
    void startTwoSubscribers() {
        List<StateStore> two = twoStores();
        store = two.get(0);
        other = two.get(1);
        get(store.start());
        get(other.start());
    }

    @Test
    void aStoreBeginsEmpty() {
        assertThat(store.known()).isEmpty();
        assertThat(get(store.refresh())).isEmpty();
        assertThat(drain(store)).isEmpty();
        get(store.ping());
    }

    @Test
    void everyCommittedChangeIsAVersion() {
        for (int second = 1; second <= 3; second++) {
            Change change = get(store.update("s", hear(beats.say(second, up(DB, second)))));
            assertThat(change.next().version()).isEqualTo(second);
        }
        assertThat(one(store.known()).version()).isEqualTo(3);
    }

    @Test
    void aFirstUpIsKnownAndNoNews() {
        get(store.update("s", hear(beats.say(1, up(DB, 1)))));
        assertThat(one(store.known()).targets().get(DB).health()).isEqualTo(Health.UP);
        assertThat(drain(store)).isEmpty();
    }

    @Test
    void aChangeThatChangesNothingIsNoVersionAndNoNews() {
        Heard heard = beats.say(1, down(DB, 1));
        get(store.update("s", hear(heard)));
        assertThat(drain(store)).hasSize(1);
        assertThat(get(store.update("s", hear(heard))).isNone()).isTrue();
        assertThat(one(get(other.refresh())).version()).isEqualTo(1);
        assertThat(drain(store)).isEmpty();
    }

    @Test
    void whatOneSubscriberCommitsTheOtherReads() {
        Target web = host("web");
        get(store.update("s", hear(beats.say(1, up(DB, 1), up(web, 1)))));
        get(other.refresh());
        get(store.update("s", hear(beats.say(2, down(DB, 2), up(web, 2)), beats.say(3, down(DB, 3)))));
        get(other.refresh());
        assertSame(one(other.known()), one(store.known()));
        assertThat(one(other.known()).lastUp(one(other.known()).targets().get(web))).isEqualTo(at(2));
        get(other.update("s", hear(beats.say(4, up(DB, 4)))));
        get(store.refresh());
        assertSame(one(store.known()), one(other.known()));
    }

    @Test
    void aChangeIsAskedAgainForTheNewestState() {
        get(store.update("s", hear(beats.say(1, up(DB, 1)))));
        get(other.refresh());
        get(store.update("s", hear(beats.say(2, up(DB, 2)))));
        List<Long> asked = new ArrayList<>();
        Change change = get(other.update("s", state -> {
            asked.add(state.version());
            return state.hear(List.of(beats.say(3, up(DB, 3))), Policy.DEFAULT);
        }));
        assertThat(asked.get(asked.size() - 1)).isEqualTo(2);
        assertThat(change.former().version()).isEqualTo(2);
        assertThat(change.next().version()).isEqualTo(3);
    }

    @Test
    void thatNothingChangesIsSaidOfTheNewestState() {
        get(store.update("s", hear(beats.say(1, up(DB, 1)))));
        get(other.refresh());
        get(store.update("s", judge(100)));
        Change healed = get(other.update("s", state -> state.targets().get(DB).health() == Health.STALE
                ? state.hear(List.of(beats.say(101, up(DB, 101))), Policy.DEFAULT)
                : Change.none(state)));
        assertThat(healed.transitions()).extracting(Transition::from).containsExactly(Health.STALE, Health.STALE);
    }

    @Test
    void twoSubscribersLoseNothing() {
        List<Uni<Change>> updates = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            updates.add(store.update("s", marking("a" + i, i)));
            updates.add(other.update("s", marking("b" + i, i)));
        }
        get(Uni.join().all(updates).andFailFast());
        for (StateStore each : List.of(store, other)) {
            SourceState state = one(get(each.refresh()));
            assertThat(state.version()).isEqualTo(400);
            assertThat(state.targets()).hasSize(400);
        }
        assertSame(one(store.known()), one(other.known()));
        assertThat(names(drain(store))).hasSize(400).doesNotHaveDuplicates();
    }

    @Test
    void severalSourcesGoSideBySide() {
        List<Uni<Change>> updates = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String source = "s" + i;
            updates.add((i % 2 == 0 ? store : other).update(source, hear(new Beats(source).say(1, up(DB, 1)))));
        }
        get(Uni.join().all(updates).andFailFast());
        assertThat(get(store.refresh())).extracting(SourceState::source).hasSize(50).doesNotHaveDuplicates();
        assertThat(get(other.refresh())).allSatisfy(state -> assertThat(state.version()).isEqualTo(1));
    }

    @Test
    void updatesOfOneSubscriberKeepTheirOrder() {
        List<Uni<Change>> updates = new ArrayList<>();
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            said.add("t" + i);
            updates.add(store.update("s", marking("t" + i, i)));
        }
        get(Uni.join().all(updates).andFailFast());
        assertThat(names(drain(store))).isEqualTo(said);
    }

    @Test
    void aChangeThatFailsFailsAloneAndNothingIsCommitted() {
        Function<SourceState, Change> broken = state -> {
            throw new IllegalStateException("on purpose");
        };
        Uni<Change> failing = store.update("s", broken);
        Uni<Change> next = store.update("s", hear(beats.say(1, up(DB, 1))));
        assertThatThrownBy(() -> get(failing)).hasMessage("on purpose");
        assertThat(get(next).next().version()).isEqualTo(1);
    }

    @Test
    void nothingHappensBeforeSomebodyWantsTheOutcome() {
        AtomicInteger asked = new AtomicInteger();
        Uni<Change> lazy = store.update("s", state -> {
            asked.incrementAndGet();
            return Change.none(state);
        });
        assertThat(asked).hasValue(0);
        get(lazy);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aTargetThatTheNewestListDoesNotNameIsRetired() {
        get(store.update("s", hear(beats.say(1, up(DB, 1), up(host("old"), 1)))));
        Change change = get(store.update("s", hear(beats.say(2, Set.of(DB), List.of(up(DB, 2))))));
        assertThat(change.retired()).containsOnlyKeys(host("old"));
        assertThat(one(get(other.refresh())).targets()).containsOnlyKeys(DB);
        assertThat(drain(store)).extracting(Entry::transition).extracting(Transition::to).containsExactly((Health) null);
    }

    @Test
    void silenceIsNewsOnceAndTheNextHeartbeatHealsIt() {
        get(store.update("s", hear(beats.say(1, up(DB, 1)))));
        get(Uni.join().all(store.update("s", judge(100)), other.update("s", judge(101))).andFailFast());
        assertThat(one(get(other.refresh())).targets().get(DB).health()).isEqualTo(Health.STALE);
        get(other.update("s", hear(beats.say(200, up(DB, 200)))));
        assertThat(drain(store)).extracting(Entry::transition)
                .extracting(Transition::target, Transition::from, Transition::to, Transition::telling)
                .containsExactly(tuple(null, Health.UP, Health.STALE, Telling.NEWS),
                        tuple(DB, Health.UP, Health.STALE, Telling.PART),
                        tuple(null, Health.STALE, Health.UP, Telling.NEWS),
                        tuple(DB, Health.STALE, Health.UP, Telling.PART));
    }

    @Test
    void transitionsAreTheSameHoweverHeartbeatsAreBatched() {
        List<Heard> all = new ArrayList<>();
        for (int second = 1; second <= 500; second++) {
            all.add(beats.say(second, second % 2 == 0 ? up(DB, second) : down(DB, second), up(host("web"), second)));
        }
        for (Heard one : all) {
            get(store.update("one", hear(one)));
        }
        List<String> single = transitions(drain(store));
        get(store.update("all", hear(all)));
        assertThat(transitions(drain(store))).hasSize(500).isEqualTo(single);
        List<SourceState> states = new ArrayList<>(get(other.refresh()));
        assertThat(states.get(0).targets().get(DB).health()).isEqualTo(states.get(1).targets().get(DB).health());
    }

    @Test
    void anyNameIsATarget() {
        List<Observation> observations = new ArrayList<>();
        Set<Target> targets = new HashSet<>();
        for (String name : WEIRD) {
            Target target = host(name);
            targets.add(target);
            observations.add(down(target, 1));
        }
        get(store.update("a:b *\n😀", hear(new Beats("a:b *\n😀").say(1, observations))));
        SourceState read = one(get(other.refresh()));
        assertThat(read.source()).isEqualTo("a:b *\n😀");
        assertThat(read.targets().keySet()).isEqualTo(targets);
        assertThat(names(drain(store))).containsExactlyInAnyOrder(WEIRD.toArray(String[]::new));
    }

    static final List<String> WEIRD = List.of("å 😀 日本", "two words", "a:b:c", "*", "h[a-z]?llo", "line\nbreak\r", "",
            "x".repeat(512),
            "\\\"'{}", "$1", "\u0000nul", "ok", "%s", ":ok");

    private Function<SourceState, Change> marking(String name, int second) {
        return hear(new Heard(new Heartbeat("s", name, 1, at(second), Duration.ofSeconds(10), 1, 1, null,
                null, List.of(down(host(name), second))), at(second), false, 0));
    }

    private static List<String> transitions(List<Entry> announcements) {
        return announcements.stream().map(Entry::transition)
                .map(one -> one.target() + " " + one.from() + " " + one.to() + " " + one.at() + " " + one.reason()).toList();
    }

    private static List<String> names(List<Entry> announcements) {
        return announcements.stream().map(Entry::transition).filter(transition -> transition.target() != null)
                .map(transition -> transition.target().name()).toList();
    }

    static List<Entry> drain(StateStore store) {
        List<Entry> all = new ArrayList<>();
        Outbox.Place place = get(store.outbox().claim("test", PATIENCE));
        String position = place.position() == null ? Outbox.BEGIN : place.position();
        for (List<Entry> some = get(store.outbox().after(position, 100)); !some.isEmpty(); some = get(
                store.outbox().after(position, 100))) {
            all.addAll(some);
            position = some.get(some.size() - 1).id();
        }
        get(store.outbox().keep(place.at(position, null), Duration.ZERO));
        return all;
    }

    /** One process holds what it computed, another what was written: both say the same. */
    static void assertSame(SourceState one, SourceState other) {
        assertThat(one.version()).isEqualTo(other.version());
        assertThat(one.speaker()).isEqualTo(other.speaker());
        assertThat(one.groups()).isEqualTo(other.groups());
        assertThat(one.config()).isEqualTo(other.config());
        assertThat(one.listed()).isEqualTo(other.listed());
        assertThat(one.prints()).isEqualTo(other.prints());
        assertThat(one.heard()).isEqualTo(other.heard());
        assertThat(one.closed()).isEqualTo(other.closed());
        assertThat(one.targets().keySet()).isEqualTo(other.targets().keySet());
        one.targets().forEach((target, state) -> {
            TargetState same = other.targets().get(target);
            assertThat(state.health()).isEqualTo(same.health());
            assertThat(state.since()).isEqualTo(same.since());
            assertThat(state.reason()).isEqualTo(same.reason());
            assertThat(state.steadiness()).isEqualTo(same.steadiness());
            assertThat(state.diary()).isEqualTo(same.diary());
            assertThat(one.lastUp(state)).isEqualTo(other.lastUp(same));
            assertThat(one.lastDown(state)).isEqualTo(other.lastDown(same));
            assertThat(one.lastSeen(state)).isEqualTo(other.lastSeen(same));
        });
    }

    static SourceState one(Collection<SourceState> states) {
        assertThat(states).hasSize(1);
        return states.iterator().next();
    }

    static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
