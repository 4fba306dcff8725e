package dev.heartbeat.web;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** At which address is what answered? Routes and not resources: ADR 0010 says why. */
@ApplicationScoped
public class Api {
    /** After everything else that has an address. */
    private static final int LAST = Integer.MAX_VALUE;

    private final StatusRoutes status;
    private final TargetRoute target;
    private final TransitionsRoute transitions;
    private final EventsRoute events;
    private final HeartbeatRoute heartbeat;
    private final ReloadRoute reload;
    private final WellKnown wellKnown;
    private final OpenApiDocument document;

    Api(StatusRoutes status, TargetRoute target, TransitionsRoute transitions, EventsRoute events, HeartbeatRoute heartbeat,
            ReloadRoute reload, WellKnown wellKnown, OpenApiDocument document) {
        this.status = status;
        this.target = target;
        this.transitions = transitions;
        this.events = events;
        this.heartbeat = heartbeat;
        this.reload = reload;
        this.wellKnown = wellKnown;
        this.document = document;
    }

    void routes(@Observes Router router) {
        answer(router, "/api/status", status::all);
        answer(router, StatusRoutes.PREFIX + "*", this::below);
        answer(router, "/api/target", target::byQuery);
        answer(router, "/api/transitions", transitions::page);
        answer(router, "/api/events", events::open);
        answer(router, "/heartbeat", heartbeat::answer);
        answer(router, WellKnown.READINESS, wellKnown::readiness);
        answer(router, WellKnown.LIVELINESS, wellKnown::liveliness);
        answer(router, WellKnown.ENVIRON, wellKnown::environ);
        answer(router, OpenApiDocument.PATH, document::answer);
        answer(router, "/api/reload", List.of(HttpMethod.POST), reload::answer);
        router.route().order(LAST).handler(context -> Problems.of(404, context.request()).send(context));
    }

    private void below(RoutingContext context) {
        Address address = Address.after(StatusRoutes.PREFIX, context);
        if (address.source().isEmpty()) {
            status.all(context);
        } else if (address.kind() == null) {
            status.one(address.source(), context);
        } else {
            target.answer(address, context);
        }
    }

    private static void answer(Router router, String path, Consumer<RoutingContext> route) {
        answer(router, path, List.of(HttpMethod.GET, HttpMethod.HEAD), route);
    }

    private static void answer(Router router, String path, List<HttpMethod> methods, Consumer<RoutingContext> route) {
        String allowed = methods.stream().map(HttpMethod::name).collect(Collectors.joining(", "));
        router.route(path).handler(context -> {
            if (!methods.contains(context.request().method())) {
                context.response().putHeader(HttpHeaders.ALLOW, allowed);
                Problems.of(405, context.request()).send(context);
                return;
            }
            try {
                route.accept(context);
            } catch (RuntimeException refusedOrFailed) {
                Problems.answer(context, refusedOrFailed);
            }
        });
    }
}
