package dev.heartbeat.web;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import dev.heartbeat.model.KnownStates;
import dev.heartbeat.model.SourceState;
import io.vertx.ext.web.RoutingContext;

/** What is the health of everything we know, or of one source? In a publisher, of what its newest rounds found. */
@ApplicationScoped
public class StatusRoutes {
    static final String PREFIX = "/api/status/";
    private final KnownStates known;

    StatusRoutes(KnownStates known) {
        this.known = known;
    }

    /** The sources and targets that the query asks for, by name. */
    void all(RoutingContext context) {
        answer(known.states(), StatusQuery.of(context), context);
    }

    /** The same of one source; 404 when nothing was ever heard of it. */
    void one(String source, RoutingContext context) {
        StatusQuery asked = StatusQuery.of(context);
        StatusQuery query = new StatusQuery(Set.of(source), asked.kinds(), asked.healths(), asked.names());
        Collection<SourceState> found = query.sources(known.states());
        if (found.isEmpty()) {
            throw Problem.notFound("no source of that name was heard: " + source);
        }
        answer(found, query, context);
    }

    private static void answer(Collection<SourceState> states, StatusQuery query, RoutingContext context) {
        List<SourceState> sources = query.sources(states);
        if (!EntityTag.isKnown(EntityTag.of(sources, context, ""), context)) {
            JsonAnswer.send(context, 200, StatusAnswer.of(sources, query));
        }
    }
}
