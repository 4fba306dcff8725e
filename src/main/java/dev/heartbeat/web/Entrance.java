package dev.heartbeat.web;

import java.time.InstantSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Printable;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;

/** What does every request pass before anybody answers it? Headers that keep a browser safe, the user, the mode. */
@ApplicationScoped
public class Entrance {
    private static final Logger LOG = Logger.getLogger(Entrance.class);
    private static final int FIRST = 1000;
    private static final String DEV_UI = "/q/dev-ui";
    /** Everything comes from here, nothing stands in the page itself: what a name smuggles in is never run. */
    private static final String CONTENT_SECURITY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final Serving serving;
    private final Access access;
    private final Refusals refusals = new Refusals();
    private final InstantSource clock = InstantSource.system();

    Entrance(Serving serving, WebConfig config) {
        this.serving = serving;
        this.access = config.user().isEmpty() ? Access.OPEN_TO_ALL
                : new Access(config.user().get(), config.password().orElseThrow());
    }

    /** How often a wrong user or password was given since the start. */
    long refused() {
        return refusals.count();
    }

    void filters(@Observes Filters filters) {
        filters.register(this::protect, FIRST);
        filters.register(this::authenticate, FIRST - 1);
        filters.register(this::confine, FIRST - 2);
    }

    /** The tools of dev mode are pages of another make. */
    private void protect(RoutingContext context) {
        if (LaunchMode.current() != LaunchMode.DEVELOPMENT || !context.normalizedPath().startsWith(DEV_UI)) {
            MultiMap headers = context.response().headers();
            headers.set("Content-Security-Policy", CONTENT_SECURITY);
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("X-Frame-Options", "DENY");
            headers.set("Referrer-Policy", "no-referrer");
        }
        context.next();
    }

    private void authenticate(RoutingContext context) {
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (access.isOpen(context.request().path(), context.normalizedPath()) || access.admits(authorization)) {
            context.next();
            return;
        }
        if (authorization != null) {
            refuse(context.request().remoteAddress());
        }
        context.response().putHeader("WWW-Authenticate", "Basic realm=\"heartbeat\", charset=\"UTF-8\"");
        new Problem(401, authorization == null ? "this needs the user and the password of WEB_USER and WEB_PASSWORD"
                : "the user or the password is wrong").send(context);
    }

    private void refuse(SocketAddress peer) {
        String address = peer == null ? "an unknown address" : String.valueOf(peer.hostAddress());
        if (refusals.add(address, clock.instant())) {
            LOG.warnf("a wrong user or password (WEB_USER, WEB_PASSWORD) from %s; refused so far: %d", Printable.text(address),
                    refusals.count());
        }
    }

    private void confine(RoutingContext context) {
        if (serving.lacks(context.normalizedPath())) {
            serving.refusal().send(context);
        } else {
            context.next();
        }
    }
}
