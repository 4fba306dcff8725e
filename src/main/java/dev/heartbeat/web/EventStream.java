package dev.heartbeat.web;

import java.time.InstantSource;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import dev.heartbeat.store.Outbox.Entry;
import dev.heartbeat.watch.Feed.BehindException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * What does one browser see of what happens? Some entries are asked for, and the next when those have left: what a slow browser
 * does not take waits in the feed, which bounds it, and not here. All of it runs on the connection's own context.
 */
final class EventStream implements MultiSubscriber<Entry> {
    private static final Logger LOG = Logger.getLogger(EventStream.class);
    private static final long ALIVE_MILLIS = 15_000;
    /** A mass change is thousands of entries at once: one by one, even a browser that reads would fall behind. */
    private static final int AT_ONCE = 32;
    /** Who takes nothing for so many signs of life is gone, or as good as that. */
    private static final int PATIENCE = 2;

    private final RoutingContext routing;
    private final HttpServerResponse response;
    private final Vertx vertx;
    private final Context context;
    private final String after;
    private final Supplier<Uni<String>> newest;
    private final InstantSource clock = InstantSource.system();
    private Flow.Subscription subscription;
    private long timer;
    /** What came while something else was leaving. */
    private StringBuilder gathered = new StringBuilder();
    private int came;
    private boolean told;
    private boolean leaving;
    private int missed;
    private boolean closed;

    /**
     * @param after the id that the browser has seen; null when it saw none
     * @param newest the id to go on from when that one is no longer kept
     */
    EventStream(RoutingContext routing, String after, Supplier<Uni<String>> newest) {
        this.routing = routing;
        this.response = routing.response();
        this.vertx = routing.vertx();
        this.context = vertx.getOrCreateContext();
        this.after = after;
        this.newest = newest;
    }

    /** Begins, and goes on until either side ends it. */
    void follow(Multi<Entry> entries) {
        response.setChunked(true);
        routing.addEndHandler(ended -> close());
        timer = vertx.setPeriodic(ALIVE_MILLIS, tick -> alive());
        write(EventText.begin(clock.instant()), () -> entries.subscribe().withSubscriber(this));
    }

    @Override
    public void onSubscribe(Flow.Subscription with) {
        context.runOnContext(turn -> {
            subscription = with;
            if (closed) {
                with.cancel();
            } else {
                with.request(AT_ONCE);
            }
        });
    }

    @Override
    public void onItem(Entry entry) {
        context.runOnContext(turn -> {
            told = true;
            came++;
            gathered.append(EventText.transition(entry));
            leave();
        });
    }

    /** Sends what has gathered, and asks for as many as that were once they are gone. */
    private void leave() {
        if (leaving || came == 0) {
            return;
        }
        String text = gathered.toString();
        int many = came;
        gathered = new StringBuilder();
        came = 0;
        write(text, () -> {
            leave();
            subscription.request(many);
        });
    }

    @Override
    public void onFailure(Throwable failure) {
        context.runOnContext(turn -> {
            if (!(failure instanceof BehindException)) {
                LOG.debugf(failure, "an event stream ends; its browser comes back");
                end("");
            } else if (told || after == null) {
                end(EventText.behind(null, clock.instant()));
            } else {
                goOnFromNow();
            }
        });
    }

    @Override
    public void onCompletion() {
        context.runOnContext(turn -> end(""));
    }

    /** What the browser has seen is no longer kept: it would come back with the same id for ever. */
    private void goOnFromNow() {
        newest.get().subscribe().with(
                id -> context.runOnContext(turn -> end(EventText.behind(id, clock.instant()))),
                away -> context.runOnContext(turn -> end("")));
    }

    /** Not while something else waits to leave: that says as much, and nothing piles up. */
    private void alive() {
        if (!leaving) {
            missed = 0;
            write(EventText.alive(clock.instant()), this::leave);
        } else if (++missed >= PATIENCE) {
            routing.request().connection().close();
        }
    }

    /** One at a time. */
    private void write(String text, Runnable then) {
        if (closed) {
            return;
        }
        leaving = true;
        response.write(text).onComplete(left -> {
            leaving = false;
            missed = 0;
            if (left.succeeded() && !closed) {
                then.run();
            }
        });
    }

    /** What has gathered goes with it. A browser that does not even take the end is not waited for. */
    private void end(String text) {
        if (closed) {
            return;
        }
        long cut = vertx.setTimer(PATIENCE * ALIVE_MILLIS, late -> routing.request().connection().close());
        response.end(gathered + text).onComplete(left -> vertx.cancelTimer(cut));
    }

    private void close() {
        closed = true;
        vertx.cancelTimer(timer);
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
