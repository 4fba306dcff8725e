package dev.heartbeat.watch;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import dev.heartbeat.store.Outbox;
import dev.heartbeat.store.Outbox.Entry;
import dev.heartbeat.store.StateStore;
import dev.heartbeat.store.Turns;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** What happens, as it happens, for everybody who looks at this process, whichever subscriber heard it? */
@ApplicationScoped
public class Feed {
    /** So many may wait for a listener that is slow. */
    static final int MOST_WAITING = 256;
    private static final int READ_AT_ONCE = 512;
    /** Listeners have a moment after so many, before they count as slow. */
    private static final int TOLD_AT_ONCE = 128;

    private final StateStore store;
    private final Set<Following> followers = ConcurrentHashMap.newKeySet();
    private final Coalesced telling = new Coalesced(this::read);
    private final Turns reading = new Turns();
    /** Null before the feed has begun. */
    private volatile Told told;

    Feed(StateStore store) {
        this.store = store;
    }

    /**
     * Every transition after that id, oldest first, and then every one as it is committed; null: only those to come. Before
     * the first {@link #tell} there is nothing to come. Never completes. Fails with {@link BehindException} for a listener
     * that asks for nothing while 256 entries come, or when not everything after the id is still kept; with the store's
     * failure where the store is needed.
     */
    public Multi<Entry> follow(String after) {
        if (after != null && !Outbox.isId(after)) {
            return Multi.createFrom().failure(() -> new BehindException("no transition ever had this id"));
        }
        return Multi.createFrom().publisher(listener -> {
            Following following = new Following(this, listener, after);
            followers.add(following);
            following.begin();
        });
    }

    /** The newest transitions of all sources that this process knows, newest first, at most so many (and at most 1,000). */
    public List<Entry> latest(int most) {
        Told lately = told;
        return lately == null ? List.of() : lately.latest(most);
    }

    /**
     * Reads what is new in the outbox and tells it; the first time, begins with the newest there is. Completes when it is
     * told to all who keep up; at once when somebody tells already, who then looks again. Fails while the store is away, and
     * has to be called again.
     */
    public Uni<Void> tell() {
        return telling.run();
    }

    /** Null before the feed has begun. */
    Told told() {
        return told;
    }

    /**
     * The entries after that id, at most so many, none of those between missing; fails where some are no longer kept. One
     * reads at a time: a thousand browsers that come back at once must not keep the store from those who hear.
     */
    Uni<List<Entry>> kept(String after, int most) {
        return reading.take(() -> store.outbox().after(after, most)
                .chain(entries -> store.outbox().isComplete(after).map(complete -> {
                    if (!complete) {
                        throw BehindException.notKept();
                    }
                    return entries;
                })));
    }

    /** How many follow at this moment. */
    int followers() {
        return followers.size();
    }

    void forget(Following following) {
        followers.remove(following);
    }

    private Uni<Void> read() {
        Told lately = told;
        return store.outbox().newest().chain(newest -> {
            int ahead = lately == null ? -1 : Outbox.compare(newest, lately.newest().id());
            if (ahead < 0) {
                return begin(newest);
            }
            return ahead == 0 ? Uni.createFrom().voidItem() : read(lately);
        });
    }

    /** Whoever followed until now (where the store has begun another life) has to begin anew as well. */
    private Uni<Void> begin(String position) {
        if (told != null) {
            told = null;
            followers.forEach(following -> following.fail(BehindException.notKept()));
        }
        return History.of(store, position, Told.MOST).invoke(before -> {
            told = new Told(position, before);
            followers.forEach(Following::go);
        }).replaceWithVoid();
    }

    private Uni<Void> read(Told lately) {
        String position = lately.newest().id();
        Outbox outbox = store.outbox();
        return outbox.after(position, READ_AT_ONCE).chain(entries -> entries.isEmpty() ? Uni.createFrom().voidItem()
                : outbox.isComplete(position)
                        .chain(complete -> complete ? tell(lately, entries) : outbox.newest().chain(this::begin)));
    }

    private Uni<Void> tell(Told lately, List<Entry> entries) {
        return refresh().invoke(() -> {
            for (int i = 0; i < entries.size(); i++) {
                lately.add(entries.get(i));
                if ((i + 1) % TOLD_AT_ONCE == 0 || i == entries.size() - 1) {
                    followers.forEach(Following::go);
                }
            }
        }).chain(() -> read(lately));
    }

    /** Who is told of a transition asks for the state next: it must not be older than what was told. */
    private Uni<Void> refresh() {
        return followers.isEmpty() ? Uni.createFrom().voidItem() : store.refresh().replaceWithVoid();
    }

    /** A listener did not keep up, or begins at something that is no longer kept. */
    public static final class BehindException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public BehindException(String message) {
            super(message);
        }

        static BehindException notKept() {
            return new BehindException("not everything that happened since is still kept");
        }

        static BehindException slow() {
            return new BehindException(MOST_WAITING + " transitions wait for a listener that is too slow");
        }
    }
}
