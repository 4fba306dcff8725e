package dev.heartbeat.web;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.heartbeat.model.KnownStates;
import dev.heartbeat.web.HeartbeatComponents.Component;
import dev.heartbeat.web.HeartbeatComponents.Overall;
import io.vertx.ext.web.RoutingContext;

/**
 * What would the reader of pipeline-heartbeat's keys answer? Its JSON and its status codes, by our verdict instead of its
 * thresholds.
 */
@ApplicationScoped
public class HeartbeatRoute {
    private final KnownStates known;

    HeartbeatRoute(KnownStates known) {
        this.known = known;
    }

    /** 200 only when all is ok, and 503 otherwise, also when nothing was ever heard. */
    void answer(RoutingContext context) {
        HeartbeatComponents components = HeartbeatComponents.of(known.states());
        Overall overall = components.overall();
        Piece begin = json -> {
            json.writeStartObject();
            json.writeStringField("status", overall.name());
            json.writeStringField("description", overall.description());
        };
        JsonAnswer.send(context, overall == Overall.ALL_OK ? 200 : 503, List.of(begin, list("queues", components.queues()),
                list("services", components.services()), JsonGenerator::writeEndObject).iterator());
    }

    private static Piece list(String name, List<Component> components) {
        return json -> {
            json.writeArrayFieldStart(name);
            for (Component component : components) {
                component.write(json);
            }
            json.writeEndArray();
        };
    }
}
