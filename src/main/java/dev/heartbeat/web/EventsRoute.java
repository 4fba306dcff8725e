package dev.heartbeat.web;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;

import dev.heartbeat.store.StateStore;
import dev.heartbeat.watch.Feed;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** What happens, as it happens, for every open page? Server-sent events; a browser that comes back goes on where it was. */
@ApplicationScoped
public class EventsRoute {
    private static final String RESUMES_AT = "Last-Event-ID";
    private static final String RETRY_SECONDS = "30";
    private final Feed feed;
    private final StateStore store;
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    EventsRoute(Feed feed, StateStore store, WebConfig config) {
        this.feed = feed;
        this.store = store;
        this.most = config.streams();
    }

    /** How many streams are open. */
    int streams() {
        return open.get();
    }

    void open(RoutingContext context) {
        String header = context.request().getHeader(RESUMES_AT);
        // A browser sends the header of itself when it comes back, beside the address that it began with: it is the newer.
        String after = header != null && !header.isBlank() ? Words.id(RESUMES_AT, header.strip())
                : Words.id("last_event_id", Words.one(context, "last_event_id"));
        HttpServerResponse response = context.response();
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            new Problem(503, most + " event streams are open already (WEB_STREAMS); come back later").send(context);
            return;
        }
        context.addEndHandler(closed -> open.decrementAndGet());
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform")
                // Said to proxies that would keep events until there is enough of them.
                .putHeader("X-Accel-Buffering", "no");
        if (context.request().method() == HttpMethod.HEAD) {
            response.end();
        } else {
            new EventStream(context, after, () -> store.outbox().newest()).follow(feed.follow(after));
        }
    }
}
