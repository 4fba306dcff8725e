package dev.heartbeat.watch;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.heartbeat.store.Outbox;
import dev.heartbeat.store.Outbox.Entry;
import dev.heartbeat.watch.Feed.BehindException;
import io.smallrye.mutiny.helpers.Subscriptions;

/**
 * Where is one listener of the feed? It takes what comes after the id that it had last: from the store as long as what was told
 * lately does not reach back so far, then from there. So there is no seam between the two at which something could be lost.
 */
final class Following implements Flow.Subscription {
    static final int READ_AT_ONCE = 250;

    private final Feed feed;
    private final Flow.Subscriber<? super Entry> listener;
    private final AtomicLong demand = new AtomicLong();
    /** Whoever raises it from zero works for all; the fields from {@link #last} on are the worker's. */
    private final AtomicInteger work = new AtomicInteger();
    private volatile boolean ready;
    private volatile boolean ended;
    private volatile Throwable failure;
    /** While it is true, {@link #page} and {@link #joint} belong to the reader. */
    private volatile boolean reading;
    /** What was told before is nothing that waits for this listener. */
    private volatile long reached;
    /** Null for one that follows since before the feed began, and wants what comes then. */
    private String last;
    private Told.Link link;
    private Queue<Entry> page = new ArrayDeque<>();
    private Told.Link joint;

    /** @param after null for a listener of what is to come */
    Following(Feed feed, Flow.Subscriber<? super Entry> listener, String after) {
        this.feed = feed;
        this.listener = listener;
        this.last = after;
        Told told = feed.told();
        if (told != null) {
            Told.Link newest = told.newest();
            this.reached = newest.number();
            this.link = after == null ? newest : null;
            this.last = after == null ? newest.id() : after;
        }
    }

    /** After the feed knows of it, so that nothing is told in between. */
    void begin() {
        listener.onSubscribe(this);
        ready = true;
        work();
    }

    @Override
    public void request(long count) {
        if (count <= 0) {
            fail(Subscriptions.getInvalidRequestException());
        } else {
            Subscriptions.add(demand, count);
            work();
        }
    }

    @Override
    public void cancel() {
        ended = true;
        feed.forget(this);
    }

    /** Something was told. Ends who is too slow for it: not who waits for us, be it for what the store holds. */
    void go() {
        work();
        Told told = feed.told();
        if (told != null && demand.get() == 0 && told.newest().number() - reached >= Feed.MOST_WAITING) {
            fail(BehindException.slow());
        }
    }

    void fail(Throwable why) {
        failure = why;
        work();
    }

    private void work() {
        if (work.getAndIncrement() == 0) {
            int done = 1;
            do {
                give();
                done = work.addAndGet(-done);
            } while (done != 0);
        }
    }

    private void give() {
        if (!ready) {
            return;
        }
        Told told = feed.told();
        if (last == null && told != null) {
            link = told.newest();
            last = link.id();
        }
        for (Entry next = next(told); next != null; next = next(told)) {
            Subscriptions.subtract(demand, 1);
            listener.onNext(next);
        }
        if (failure != null && !ended) {
            cancel();
            listener.onError(failure);
        }
    }

    /** Null when there is nothing to give, be it that nobody asks for it. */
    private Entry next(Told told) {
        if (ended || failure != null || demand.get() == 0 || reading || told == null) {
            return null;
        }
        Entry read = page.poll();
        if (read != null) {
            last = read.id();
            return read;
        }
        if (link == null) {
            link = joint != null ? joint : told.at(last);
        }
        if (link == null) {
            read(told.newest());
            return null;
        }
        return nextTold();
    }

    /** The next one that was told, and that did not come from the store already. */
    private Entry nextTold() {
        reached = Math.max(reached, link.number());
        for (Told.Link next = link.next(); next != null; next = next.next()) {
            link = next;
            reached = Math.max(reached, next.number());
            if (Outbox.compare(next.id(), last) > 0) {
                last = next.id();
                return next.entry();
            }
        }
        return null;
    }

    /** A page from the store. It is the last when it is not full: all that was told until now is in it, or before it. */
    private void read(Told.Link newest) {
        reading = true;
        feed.kept(last, READ_AT_ONCE).subscribe().with(entries -> take(entries, newest), this::fail);
    }

    private void take(List<Entry> entries, Told.Link newest) {
        page = new ArrayDeque<>(entries);
        joint = entries.size() < READ_AT_ONCE ? newest : null;
        reading = false;
        work();
    }
}
