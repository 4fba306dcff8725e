package dev.heartbeat.web;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;

import dev.heartbeat.model.SourceState;
import dev.heartbeat.store.Outbox.Entry;
import dev.heartbeat.store.StateStore;
import dev.heartbeat.web.PagePress.Sheet;
import dev.heartbeat.web.TargetPageView.Past;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

/** How is one target, and how has it been? */
@Path("/targets")
@Produces(MediaType.TEXT_HTML)
public class TargetPageResource {
    private static final Logger LOG = Logger.getLogger(TargetPageResource.class);
    private static final int KEPT = 1_000;
    private static final int SHOWN = 50;

    private final StateStore store;
    private final Template target;
    private final Template missing;
    private final PageAssets assets;
    private final PagePress press;
    private final InstantSource clock = InstantSource.system();

    TargetPageResource(StateStore store, @Location("target") Template target, @Location("missing") Template missing,
            PageAssets assets, PagePress press) {
        this.store = store;
        this.target = target;
        this.missing = missing;
        this.assets = assets;
        this.press = press;
    }

    /** By its path: source, kind and name, each percent-encoded. */
    @GET
    @Path("/{address:.+}")
    public Uni<Response> byPath(HttpServerRequest request, @HeaderParam("If-None-Match") String tags) {
        String path = request.path();
        return page(path.startsWith(PageAddress.TARGETS) ? PageAddress.of(path.substring(PageAddress.TARGETS.length())) : null,
                tags);
    }

    /** By a query, for names that a path can not hold. */
    @GET
    public Uni<Response> byQuery(@RestQuery String source, @RestQuery String kind, @RestQuery String name,
            @HeaderParam("If-None-Match") String tags) {
        return page(PageAddress.of(source, kind, name), tags);
    }

    private Uni<Response> page(PageAddress address, String tags) {
        SourceState state = state(address);
        Uni<Sheet> sheet = state == null ? press.print(this::missing)
                : past(address).chain(past -> press.print(() -> sheet(state, address, past)));
        return sheet.map(made -> made.answer(tags));
    }

    private SourceState state(PageAddress address) {
        return address == null ? null
                : store.known().stream().filter(state -> state.source().equals(address.source())
                        && state.targets().containsKey(address.target())).findFirst().orElse(null);
    }

    /** A page without history is better than none. */
    private Uni<Past> past(PageAddress address) {
        return Uni.createFrom().deferred(() -> Uni.combine().all().unis(
                store.outbox().kept(address.source(), null, KEPT),
                store.latencies().of(address.source(), address.target())).asTuple())
                .map(both -> new Past(of(address, both.getItem1()), both.getItem2(), false))
                .onFailure().invoke(failure -> LOG.debugf(failure, "the history of a target can not be read"))
                .onFailure().recoverWithItem(Past.UNREAD);
    }

    private static List<Entry> of(PageAddress address, List<Entry> entries) {
        return entries.stream().filter(entry -> Objects.equals(entry.transition().target(), address.target())).limit(SHOWN)
                .toList();
    }

    private Sheet sheet(SourceState state, PageAddress address, Past past) {
        Instant now = clock.instant();
        PageHistory history = PageHistory.Book.at(now).apply(state).apply(address.target());
        TargetPageView view = TargetPageView.of(state, address.target(), history, past, now);
        String title = view.row().name() + ": " + view.row().sign().word().toLowerCase(java.util.Locale.ROOT);
        return Sheet.html(200, target.data("view", view).data("frame", assets.frame(title, view.row().sign())).render());
    }

    private Sheet missing() {
        return Sheet.html(404, missing.data("frame", assets.frame("No such target", PageSign.NOTHING)).render());
    }
}
