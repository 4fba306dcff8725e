package dev.heartbeat.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;

import org.awaitility.Awaitility;

import dev.heartbeat.store.Outbox.Entry;
import io.smallrye.mutiny.Multi;

/** Who follows the feed in these tests, and asks for as much as it is told to ask for? */
final class Listener implements Flow.Subscriber<Entry> {
    private final List<Entry> heard = new ArrayList<>();
    private final long first;
    private Flow.Subscription subscription;
    private Throwable failure;

    private Listener(long first) {
        this.first = first;
    }

    /** That takes all there is. */
    static Listener to(Multi<Entry> feed) {
        return to(feed, Long.MAX_VALUE);
    }

    /** That asks for so many, and for no more until it is told to. */
    static Listener to(Multi<Entry> feed, long first) {
        Listener listener = new Listener(first);
        feed.subscribe().withSubscriber(listener);
        return listener;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (first > 0) {
            given.request(first);
        }
    }

    @Override
    public synchronized void onNext(Entry entry) {
        heard.add(entry);
    }

    @Override
    public synchronized void onError(Throwable why) {
        failure = why;
    }

    @Override
    public void onComplete() {
        throw new AssertionError("the feed never ends");
    }

    void take(long more) {
        subscription.request(more);
    }

    void leave() {
        subscription.cancel();
    }

    synchronized List<Entry> heard() {
        return List.copyOf(heard);
    }

    synchronized Throwable failure() {
        return failure;
    }

    List<String> names() {
        return heard().stream().map(entry -> entry.transition().target().name()).toList();
    }

    /** The id with which it would come back. */
    String last() {
        List<Entry> all = heard();
        return all.get(all.size() - 1).id();
    }

    List<String> await(int count) {
        until(() -> heard.size() >= count || failure != null);
        return names();
    }

    Throwable awaitFailure() {
        until(() -> failure != null);
        return failure();
    }

    private void until(BooleanSupplier condition) {
        Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(30))
                .until(() -> {
                    synchronized (this) {
                        return condition.getAsBoolean();
                    }
                });
    }
}
