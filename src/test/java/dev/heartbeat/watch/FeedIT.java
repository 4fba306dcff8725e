package dev.heartbeat.watch;

import static dev.heartbeat.store.Stores.fall;
import static dev.heartbeat.store.Stores.hosts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.heartbeat.services.RedisServer;
import dev.heartbeat.store.Outbox;
import dev.heartbeat.store.Outbox.Entry;
import dev.heartbeat.store.StateStore;
import dev.heartbeat.store.Stores;
import dev.heartbeat.watch.Feed.BehindException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;

/** What do those who look at one process hear of what all processes commit? */
class FeedIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int DATABASE = 8;

    /** Where the states are; in Redis, {@link #other} is another subscriber's store. */
    enum On {
        MEMORY,
        REDIS
    }

    private StateStore store;
    private StateStore other;
    private Feed feed;

    private void start(On on, int outboxLength) {
        if (on == On.REDIS) {
            Stores.flush(RedisServer.shared(), DATABASE);
        }
        store = on == On.MEMORY ? Stores.memory(outboxLength) : Stores.redis(RedisServer.shared(), DATABASE, outboxLength);
        other = on == On.MEMORY ? store : Stores.redis(RedisServer.shared(), DATABASE, outboxLength);
        get(store.start());
        get(other.start());
        feed = new Feed(store);
    }

    private void begin(On on) {
        start(on, 10_000);
        get(feed.tell());
    }

    @ParameterizedTest
    @EnumSource
    void whatAnotherSubscriberCommitsIsHeardByThoseWhoFollowThisOne(On on) {
        begin(on);
        Listener listener = Listener.to(feed.follow(null));
        get(other.update("s", fall("a", "b")));
        get(feed.tell());
        get(store.update("t", fall("c")));
        get(feed.tell());
        assertThat(listener.names()).containsExactly("a", "b", "c");
        assertThat(listener.failure()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void whoNamesNoIdHearsOnlyWhatIsToCome(On on) {
        begin(on);
        get(store.update("s", fall("before")));
        get(feed.tell());
        Listener listener = Listener.to(feed.follow(null));
        get(store.update("s", fall("after")));
        get(feed.tell());
        assertThat(listener.names()).containsExactly("after");
    }

    @ParameterizedTest
    @EnumSource
    void whoFollowsBeforeTheFeedHasBegunHearsWhatComesThen(On on) {
        start(on, 10_000);
        get(store.update("s", fall("a", "b")));
        String first = get(store.outbox().after(Outbox.BEGIN, 1)).get(0).id();
        Listener live = Listener.to(feed.follow(null));
        Listener resumed = Listener.to(feed.follow(first));
        get(feed.tell());
        assertThat(resumed.await(1)).containsExactly("b");
        get(other.update("s", fall("c")));
        get(feed.tell());
        assertThat(live.await(1)).containsExactly("c");
        assertThat(resumed.await(2)).containsExactly("b", "c");
    }

    /** What was told lately reaches back to 1,000; what is older comes from the store. */
    @ParameterizedTest
    @EnumSource
    void whoWasAwayResumesAfterAnyId(On on) {
        start(on, 10_000);
        get(store.update("s", fall(hosts("early", 0, 700))));
        get(feed.tell());
        get(other.update("s", fall(hosts("later", 0, 1_300))));
        get(feed.tell());
        List<Entry> all = get(store.outbox().after(Outbox.BEGIN, 10_000));
        for (int done : List.of(0, 1, 250, 599, 600, 699, 700, 701, 998, 999, 1_000, 1_001, 1_900, 1_999)) {
            Listener listener = Listener.to(feed.follow(all.get(done).id()));
            listener.await(all.size() - done - 1);
            assertThat(listener.heard()).as("after %d", done).isEqualTo(all.subList(done + 1, all.size()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aListenerForWhomTooManyWaitIsCutAndResumesWithoutLoss(On on) {
        begin(on);
        Listener slow = Listener.to(feed.follow(null), 10);
        Listener quick = Listener.to(feed.follow(null));
        get(store.update("s", fall(hosts("t", 0, 265))));
        get(feed.tell());
        assertThat(slow.failure()).as("255 wait").isNull();
        get(store.update("s", fall(hosts("t", 265, 400))));
        get(feed.tell());
        assertThat(slow.awaitFailure()).isInstanceOf(BehindException.class);
        assertThat(slow.names()).isEqualTo(hosts("t", 0, 10));
        Listener again = Listener.to(feed.follow(slow.last()));
        assertThat(again.await(390)).isEqualTo(hosts("t", 10, 400));
        assertThat(quick.names()).as("who keeps up is not cut").isEqualTo(hosts("t", 0, 400));
    }

    /** Committed elsewhere a moment ago: who resumes has it from the store, before the feed has read it. */
    @ParameterizedTest
    @EnumSource
    void whatTheStoreGaveIsNotToldAgain(On on) {
        begin(on);
        get(store.update("s", fall(hosts("t", 0, 1_500))));
        get(feed.tell());
        get(other.update("s", fall(hosts("t", 1_500, 1_520))));
        List<Entry> all = get(store.outbox().after(Outbox.BEGIN, 10_000));
        Listener old = Listener.to(feed.follow(all.get(0).id()));
        assertThat(old.await(1_499)).isEqualTo(hosts("t", 1, 1_500));
        Listener ahead = Listener.to(feed.follow(all.get(1_511).id()));
        assertThat(ahead.await(8)).isEqualTo(hosts("t", 1_512, 1_520));
        get(feed.tell());
        get(other.update("s", fall("next")));
        get(feed.tell());
        assertThat(old.names()).hasSize(1_520).endsWith("t-1519", "next").doesNotHaveDuplicates();
        assertThat(ahead.names()).hasSize(9).endsWith("t-1519", "next");
    }

    /** Its first page is in line behind a thousand others. */
    @Test
    void nobodyIsCutWhileItWaitsForTheStore() {
        store = Stores.memory(10_000);
        List<UniEmitter<? super Boolean>> line = new ArrayList<>();
        feed = new Feed(HeldStore.of(store, line));
        get(feed.tell());
        get(store.update("s", fall(hosts("t", 0, 1_200))));
        get(feed.tell());
        String first = get(store.outbox().after(Outbox.BEGIN, 1)).get(0).id();
        Listener listener = Listener.to(feed.follow(first));
        get(store.update("s", fall(hosts("t", 1_200, 1_600))));
        get(feed.tell());
        assertThat(listener.failure()).isNull();
        assertThat(listener.names()).isEmpty();
        while (!line.isEmpty()) {
            line.remove(0).complete(true);
        }
        assertThat(listener.names()).isEqualTo(hosts("t", 1, 1_600));
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsCutForAnOldStoryThatItTakesSlowly(On on) {
        begin(on);
        get(store.update("s", fall(hosts("t", 0, 900))));
        get(feed.tell());
        String first = get(store.outbox().after(Outbox.BEGIN, 1)).get(0).id();
        Listener slow = Listener.to(feed.follow(first), 1);
        get(store.update("s", fall(hosts("t", 900, 1_000))));
        get(feed.tell());
        for (int taken = 1; taken < 999; taken += 3) {
            slow.await(taken);
            slow.take(3);
        }
        assertThat(slow.await(999)).isEqualTo(hosts("t", 1, 1_000));
        assertThat(slow.failure()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aMassChangeReachesEveryoneWhoKeepsUp(On on) {
        begin(on);
        List<Listener> listeners = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            listeners.add(Listener.to(feed.follow(null)));
        }
        get(store.update("s", fall(hosts("t", 0, 3_000))));
        get(feed.tell());
        List<String> all = hosts("t", 0, 3_000);
        assertThat(listeners).allSatisfy(listener -> assertThat(listener.names()).isEqualTo(all));
    }

    @ParameterizedTest
    @EnumSource
    void anIdThatIsNotKeptOrThatNobodyGaveFailsAtOnce(On on) {
        start(on, 100);
        get(store.update("s", fall("first")));
        String old = get(store.outbox().newest());
        get(feed.tell());
        get(store.update("s", fall(hosts("t", 0, 500))));
        get(feed.tell());
        get(feed.tell());
        for (String id : List.of(old, "0-0", "999999999999999-7", "garbage", "", "1-1-1")) {
            assertThat(Listener.to(feed.follow(id)).awaitFailure()).as(id).isInstanceOf(BehindException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenMoreHappenedThanIsKeptEverybodyBeginsAnewAndSoDoesTheFeed(On on) {
        start(on, 100);
        get(feed.tell());
        get(store.update("s", fall("a")));
        get(feed.tell());
        Listener listener = Listener.to(feed.follow(null));
        get(store.update("s", fall(hosts("lost", 0, 600))));
        get(feed.tell());
        assertThat(listener.awaitFailure()).isInstanceOf(BehindException.class);
        assertThat(listener.names()).isEmpty();
        assertThat(latest(1)).containsExactly("lost-599");
        Listener anew = Listener.to(feed.follow(null));
        get(other.update("s", fall("b")));
        get(feed.tell());
        assertThat(anew.names()).containsExactly("b");
    }

    @ParameterizedTest
    @EnumSource
    void theLatestAreThoseOfAllSourcesAlsoFromBeforeTheStart(On on) {
        start(on, 10_000);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            List<String> hosts = hosts("t" + i, 0, i % 3 == 0 ? 150 : 20);
            get(other.update("s" + i % 4, fall(hosts)));
            all.addAll(hosts);
        }
        get(store.refresh());
        assertThat(feed.latest(10)).as("not begun").isEmpty();
        get(feed.tell());
        Collections.reverse(all);
        assertThat(latest(5_000)).isEqualTo(all);
        assertThat(latest(7)).isEqualTo(all.subList(0, 7));
        List<String> more = hosts("more", 0, 1_100);
        get(store.update("s0", fall(more.subList(0, 100))));
        get(feed.tell());
        Collections.reverse(more);
        assertThat(latest(5_000)).isEqualTo(joined(more.subList(1_000, 1_100), all).subList(0, 1_000));
        get(store.update("s0", fall(hosts("more", 100, 1_100))));
        get(feed.tell());
        assertThat(latest(5_000)).isEqualTo(more.subList(0, 1_000));
    }

    private static List<String> joined(List<String> first, List<String> then) {
        List<String> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }

    /** Who is told of a transition looks at the state next. */
    @ParameterizedTest
    @EnumSource
    void theStatesAreNoOlderThanWhatIsTold(On on) {
        begin(on);
        List<Long> known = new CopyOnWriteArrayList<>();
        feed.follow(null).subscribe().with(entry -> store.known().forEach(state -> known.add(state.version())));
        for (int i = 0; i < 5; i++) {
            get(other.update("s", fall("t" + i)));
            get(feed.tell());
        }
        assertThat(known).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @ParameterizedTest
    @EnumSource
    void whoLeavesLeavesNothingBehind(On on) {
        begin(on);
        Listener listener = Listener.to(feed.follow(null));
        Listener cut = Listener.to(feed.follow("garbage"));
        assertThat(feed.followers()).isEqualTo(1);
        listener.leave();
        assertThat(feed.followers()).isZero();
        get(store.update("s", fall("a")));
        get(feed.tell());
        assertThat(listener.names()).isEmpty();
        assertThat(cut.failure()).isNotNull();
        Listener slow = Listener.to(feed.follow(null), 1);
        get(store.update("s", fall(hosts("t", 0, 300))));
        get(feed.tell());
        assertThat(slow.awaitFailure()).isNotNull();
        assertThat(feed.followers()).isZero();
    }

    /** While two subscribers commit, listeners come, resume at any id that they know, and are cut when they are slow. */
    @ParameterizedTest
    @EnumSource
    void whateverHappensMeanwhileEveryListenerHearsEverythingOnceAndInOrder(On on) {
        begin(on);
        get(store.update("s", fall("begin")));
        get(feed.tell());
        String begin = get(store.outbox().newest());
        Random chance = new Random(20261121);
        List<Ledger> ledgers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ledgers.add(new Ledger(begin, chance.nextInt()));
            CompletableFuture<?> one = commit(store, "one", hosts(i + "", 0, 1 + chance.nextInt(40)));
            CompletableFuture<?> two = commit(other, "two", hosts(i + "", 0, 1 + chance.nextInt(40)));
            get(feed.tell());
            ledgers.forEach(Ledger::step);
            CompletableFuture.allOf(one, two).join();
        }
        get(feed.tell());
        List<Entry> all = get(store.outbox().after(begin, 100_000));
        assertThat(all).hasSizeGreaterThan(2_000);
        assertThat(ledgers).allSatisfy(ledger -> assertThat(ledger.all(all.size())).isEqualTo(all));
        assertThat(ledgers.stream().mapToInt(ledger -> ledger.cuts).sum()).as("some were cut").isPositive();
    }

    private static CompletableFuture<?> commit(StateStore store, String source, List<String> hosts) {
        return store.update(source, fall(hosts)).runSubscriptionOn(Infrastructure.getDefaultExecutor())
                .subscribeAsCompletionStage();
    }

    /** One who comes back where it was whenever it is cut, and sometimes for no reason. */
    private final class Ledger {
        private final List<Entry> heard = new ArrayList<>();
        private final Random chance;
        private final int pace;
        private final String begin;
        private Listener listener;
        private int cuts;

        Ledger(String begin, int seed) {
            this.begin = begin;
            this.chance = new Random(seed);
            this.pace = 1 + chance.nextInt(100);
            this.listener = Listener.to(feed.follow(begin), pace);
        }

        void step() {
            if (listener.failure() != null) {
                assertThat(listener.failure()).isInstanceOf(BehindException.class);
                cuts++;
                comeBack();
            } else if (chance.nextInt(20) == 0) {
                listener.leave();
                comeBack();
            } else {
                listener.take(pace);
            }
        }

        private void comeBack() {
            heard.addAll(listener.heard());
            listener = Listener.to(feed.follow(heard.isEmpty() ? begin : heard.get(heard.size() - 1).id()), pace);
        }

        List<Entry> all(int count) {
            comeBack();
            listener.take(Long.MAX_VALUE);
            listener.await(count - heard.size());
            heard.addAll(listener.heard());
            return heard;
        }
    }

    /** As after a restart, when all browsers come back. */
    @ParameterizedTest
    @EnumSource
    void hundredsWhoResumeAtOnceKeepNobodyFromStoring(On on) {
        start(on, 10_000);
        get(store.update("s", fall(hosts("t", 0, 300))));
        String first = get(store.outbox().after(Outbox.BEGIN, 1)).get(0).id();
        get(feed.tell());
        List<Listener> listeners = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            listeners.add(Listener.to(feed.follow(first)));
            if (i % 30 == 0) {
                get(store.update("s", fall("while-" + i)));
            }
        }
        get(feed.tell());
        assertThat(listeners).allSatisfy(listener -> assertThat(listener.await(309)).hasSize(309).doesNotHaveDuplicates());
    }

    @ParameterizedTest
    @EnumSource
    void aListenerIsNotHarmedByOneThatThrows(On on) {
        begin(on);
        feed.follow(null).subscribe().with(entry -> {
            throw new IllegalStateException("on purpose");
        }, failure -> {
        });
        Listener listener = Listener.to(feed.follow(null));
        get(store.update("s", fall("a", "b")));
        get(feed.tell());
        assertThat(listener.names()).containsExactly("a", "b");
        assertThat(feed.followers()).isEqualTo(1);
    }

    @Test
    void whileTheStoreIsAwayTellingFailsAndAfterwardsNothingIsMissing() {
        try (RedisServer server = RedisServer.start()) {
            store = Stores.redis(server, 0, 10_000);
            get(store.start());
            feed = new Feed(store);
            server.kill();
            assertThatThrownBy(() -> get(feed.tell())).isNotNull();
            server.startAgain();
            untilToldTo(0, Listener.to(feed.follow(null)));
            Listener listener = Listener.to(feed.follow(null));
            get(store.update("s", fall("a")));
            server.kill();
            assertThatThrownBy(() -> get(feed.tell())).isNotNull();
            server.startAgain();
            untilToldTo(1, listener);
            assertThat(listener.names()).containsExactly("a");
        }
    }

    private void untilToldTo(int count, Listener listener) {
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            get(feed.tell());
            return listener.heard().size() == count;
        });
    }

    private List<String> latest(int most) {
        return feed.latest(most).stream().map(entry -> entry.transition().target().name()).toList();
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
