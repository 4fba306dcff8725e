package dev.heartbeat.web;

import java.time.InstantSource;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;

import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.TargetState;
import dev.heartbeat.store.StateStore;
import dev.heartbeat.web.PagePress.Sheet;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

/** How is one target, in a picture for somebody else's page? */
@Path("/badge")
@Produces("image/svg+xml")
public class BadgeResource {
    private static final Logger LOG = Logger.getLogger(BadgeResource.class);
    private static final String SVG = ".svg";

    private final StateStore store;
    private final Template template;
    private final PagePress press;
    private final InstantSource clock = InstantSource.system();

    BadgeResource(StateStore store, @Location("badge.svg") Template template, PagePress press) {
        this.store = store;
        this.template = template;
        this.press = press;
    }

    /** By its path: source, kind and name, each percent-encoded, and what is asked. */
    @GET
    @Path("/{address:.+}")
    public Uni<Response> byPath(HttpServerRequest request, @HeaderParam("If-None-Match") String tags) {
        String path = request.path();
        int last = path.lastIndexOf('/');
        boolean possible = path.startsWith(PageAddress.BADGES) && last > PageAddress.BADGES.length() && path.endsWith(SVG);
        return !possible ? badge(null, null, tags)
                : badge(PageAddress.of(path.substring(PageAddress.BADGES.length(), last)),
                        Badge.What.of(path.substring(last + 1, path.length() - SVG.length())), tags);
    }

    /** By a query, for names that a path can not hold. */
    @GET
    public Uni<Response> byQuery(@RestQuery String source, @RestQuery String kind, @RestQuery String name,
            @RestQuery String what, @HeaderParam("If-None-Match") String tags) {
        return badge(PageAddress.of(source, kind, name), Badge.What.of(what), tags);
    }

    private Uni<Response> badge(PageAddress address, Badge.What what, String tags) {
        PageEntry entry = address == null || what == null ? null : entry(address);
        Uni<Badge> badge = entry == null ? Uni.createFrom().item(Badge.UNKNOWN) : badge(entry, what);
        return badge
                .chain(made -> press.print(() -> Sheet.svg(entry == null ? 404 : 200, template.data("badge", made).render())))
                .map(sheet -> sheet.answer(tags));
    }

    private PageEntry entry(PageAddress address) {
        for (SourceState state : store.known()) {
            TargetState known = state.source().equals(address.source()) ? state.targets().get(address.target()) : null;
            if (known != null) {
                return new PageEntry(state, address.target(), known);
            }
        }
        return null;
    }

    private Uni<Badge> badge(PageEntry entry, Badge.What what) {
        String name = entry.target().name();
        return switch (what) {
            case HEALTH -> Uni.createFrom().item(Badge.health(name, entry));
            case UPTIME -> Uni.createFrom().item(() -> Badge.uptime(name,
                    PageHistory.Book.at(clock.instant()).apply(entry.state()).apply(entry.target())));
            case LATENCY -> Uni.createFrom().deferred(() -> store.latencies().of(entry.state().source(), entry.target()))
                    .map(hours -> Badge.latency(name, hours))
                    .onFailure().invoke(failure -> LOG.debugf(failure, "the latency of a target can not be read"))
                    .onFailure().recoverWithItem(() -> Badge.latency(name, java.util.List.of()));
        };
    }
}
