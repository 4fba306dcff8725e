package dev.heartbeat.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.RestQuery;

import dev.heartbeat.store.Outbox.Entry;
import dev.heartbeat.store.StateStore;
import dev.heartbeat.watch.Feed;
import dev.heartbeat.web.PagePress.Sheet;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.mutiny.Uni;

/** How is everything, at a glance? The status page. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class PageResource {
    private static final int LATEST = 50;
    /** All who look at the same time see the same print. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final StateStore store;
    private final Feed feed;
    private final Template page;
    private final PageAssets assets;
    private final PagePress press;
    private final InstantSource clock = InstantSource.system();
    private volatile Kept kept;

    PageResource(StateStore store, Feed feed, @Location("page") Template page, PageAssets assets, PagePress press) {
        this.store = store;
        this.feed = feed;
        this.page = page;
        this.assets = assets;
        this.press = press;
    }

    /** The newest print of the whole page, and what had happened when it was made. */
    private record Kept(Sheet sheet, List<Entry> latest, Instant at) {
        boolean isFresh(List<Entry> now, Instant when) {
            return latest.equals(now) && Duration.between(at, when).compareTo(FRESH) < 0;
        }
    }

    /** The page, or what a search finds. */
    @GET
    public Uni<Response> page(@RestQuery String q, @RestQuery String source, @RestQuery String kind, @RestQuery String health,
            @RestQuery("page") String number, @HeaderParam("If-None-Match") String tags) {
        PageQuery query = PageQuery.of(q, source, kind, health, number);
        return press.print(() -> sheet(query)).map(sheet -> sheet.answer(tags));
    }

    private Sheet sheet(PageQuery query) {
        Instant now = clock.instant();
        List<Entry> latest = feed.latest(LATEST);
        Kept former = kept;
        if (query.equals(PageQuery.ALL) && former != null && former.isFresh(latest, now)) {
            return former.sheet();
        }
        Sheet sheet = render(query, latest, now);
        if (query.equals(PageQuery.ALL)) {
            kept = new Kept(sheet, latest, now);
        }
        return sheet;
    }

    private Sheet render(PageQuery query, List<Entry> latest, Instant now) {
        PageView view = new PageSurvey(store.known(), query, PageHistory.Book.at(now), now).view(latest);
        return Sheet.html(200, page.data("view", view)
                .data("frame", assets.frame(view.verdict().words(), view.verdict().sign())).render());
    }
}
