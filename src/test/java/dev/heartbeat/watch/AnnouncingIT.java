package dev.heartbeat.watch;

import static dev.heartbeat.store.Stores.fall;
import static dev.heartbeat.store.Stores.hosts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.heartbeat.services.RedisServer;
import dev.heartbeat.store.Outbox;
import dev.heartbeat.store.Outbox.Entry;
import dev.heartbeat.store.Outbox.Place;
import dev.heartbeat.store.StateStore;
import dev.heartbeat.store.Stores;
import io.smallrye.mutiny.Uni;

/** Is everything announced, and once? */
class AnnouncingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int DATABASE = 9;

    @Test
    void twoSubscribersSayEveryTransitionOnce() {
        Stores.flush(RedisServer.shared(), DATABASE);
        StateStore one = redis(10_000);
        StateStore two = redis(10_000);
        List<Announcer> announcers = List.of(new Announcer(one), new Announcer(two));
        try (Said said = new Said()) {
            for (int i = 0; i < 30; i++) {
                get(Uni.join().all(one.update("s", fall(hosts("one" + i, 0, 30))).replaceWithVoid(),
                        two.update("t", fall(hosts("two" + i, 0, 30))).replaceWithVoid(),
                        announcers.get(0).announce(), announcers.get(1).announce()).andFailFast());
            }
            Awaitility.await().atMost(PATIENCE).until(() -> {
                announcers.forEach(announcer -> get(announcer.announce()));
                return said.lines().size() >= 1_800;
            });
            announcers.forEach(announcer -> get(announcer.announce()));
            assertThat(said.lines()).hasSize(1_800).doesNotHaveDuplicates();
        }
    }

    @Test
    void whereOneDiedAnotherGoesOn() {
        StateStore store = Stores.memory(10_000);
        get(store.update("s", fall("a", "b", "c")));
        List<Entry> entries = get(store.outbox().after(Outbox.BEGIN, 10));
        Place died = get(store.outbox().claim("log", PATIENCE));
        get(store.outbox().keep(died.at(entries.get(0).id(), null), Duration.ofMillis(100)));
        Announcer announcer = new Announcer(store);
        try (Said said = new Said()) {
            Awaitility.await().atMost(PATIENCE).until(() -> {
                get(announcer.announce());
                return !said.lines().isEmpty();
            });
            get(announcer.announce());
            assertThat(said.lines()).extracting(line -> line.substring(0, "host x".length())).containsExactly("host b",
                    "host c");
        }
    }

    @Test
    void whatWasSaidWhileTheStoreWentAwayIsNotSaidAgain() {
        StateStore store = Stores.memory(10_000);
        get(store.update("s", fall("a", "b")));
        Losing losing = new Losing(store.outbox());
        Announcer announcer = new Announcer(losing.in(store));
        try (Said said = new Said()) {
            losing.next = true;
            assertThatThrownBy(() -> get(announcer.announce())).hasMessage("away");
            assertThat(said.lines()).hasSize(2);
            get(store.update("s", fall("c")));
            get(announcer.announce());
            assertThat(said.lines()).hasSize(3);
            assertThat(get(store.outbox().claim("log", PATIENCE)).position()).isEqualTo(get(store.outbox().newest()));
        }
    }

    @Test
    void whatWasDroppedBeforeItWasSaidIsOwnedUpToOnce() {
        StateStore store = Stores.memory(10);
        Announcer announcer = new Announcer(store);
        try (Said said = new Said()) {
            get(store.update("s", fall("a")));
            get(announcer.announce());
            get(store.update("s", fall(hosts("t", 0, 30))));
            get(announcer.announce());
            get(store.update("s", fall("z")));
            get(announcer.announce());
            assertThat(said.all()).hasSize(1 + 1 + 10 + 1);
            assertThat(said.all().get(1)).startsWith("some transitions were never announced").contains("REDIS_OUTBOX_LENGTH");
            assertThat(said.lines().get(1)).startsWith("host t-20 of s");
        }
    }

    @Test
    void aPlaceInAnotherLifeOfTheStoreIsLeftForTheBeginningOfThisOne() {
        StateStore store = Stores.memory(10);
        get(store.update("s", fall("a", "b")));
        Place place = get(store.outbox().claim("log", PATIENCE));
        get(store.outbox().keep(place.at("999999999999999-9", null), Duration.ZERO));
        try (Said said = new Said()) {
            get(new Announcer(store).announce());
            assertThat(said.lines()).hasSize(2);
            assertThat(said.all()).hasSize(3);
        }
    }

    private static StateStore redis(int outboxLength) {
        return Stores.redis(RedisServer.shared(), DATABASE, outboxLength);
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    /** An outbox that keeps a place once without that the caller hears of it. */
    private static final class Losing {
        private final Outbox outbox;
        private boolean next;

        Losing(Outbox outbox) {
            this.outbox = outbox;
        }

        StateStore in(StateStore store) {
            return (StateStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { StateStore.class },
                    (proxy, method, arguments) -> method.getName().equals("outbox") ? losing()
                            : method.invoke(store, arguments));
        }

        private Outbox losing() {
            return (Outbox) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Outbox.class },
                    (proxy, method, arguments) -> {
                        boolean lost = next && method.getName().equals("keep");
                        next = next && !lost;
                        return lost ? Uni.createFrom().failure(new IllegalStateException("away"))
                                : method.invoke(outbox, arguments);
                    });
        }
    }

    /** What stands in the log of transitions while it is open? */
    private static final class Said extends Handler implements AutoCloseable {
        private static final Logger LOG = Logger.getLogger("dev.heartbeat.transitions");
        private final List<String> all = new CopyOnWriteArrayList<>();
        /** Who ran in this process before may have left it silent. */
        private final Level former = LOG.getLevel();

        Said() {
            LOG.setLevel(Level.INFO);
            LOG.addHandler(this);
            LOG.setUseParentHandlers(false);
        }

        List<String> all() {
            return all;
        }

        List<String> lines() {
            return all.stream().filter(line -> line.startsWith("host ")).toList();
        }

        @Override
        public void publish(LogRecord line) {
            all.add(line.getMessage());
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
            LOG.removeHandler(this);
            LOG.setLevel(former);
            LOG.setUseParentHandlers(true);
        }
    }
}
