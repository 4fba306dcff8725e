package dev.heartbeat.model;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What do PH's lists of components say? A component has a name, a status and an instant, and may have anything else. */
final class PhComponents {
    private static final Outcome NOT_OK = Outcome.down(Reason.UNSTATED, null);

    private final JsonFields json;
    private final Instant received;
    private final List<Observation> observations = new ArrayList<>();

    PhComponents(JsonFields json, Instant received) {
        this.json = json;
        this.received = received;
    }

    /** All that was read so far, in the message's order. */
    List<Observation> observations() {
        return observations;
    }

    /** Reads the object {@code rmq_consumers}. */
    void consumers(String key) throws IOException, NotAHeartbeatException {
        if (json.isNull()) {
            return;
        }
        json.object(key);
        for (String list = json.nextKey(); list != null; list = json.nextKey()) {
            switch (list) {
                case "queues_status" -> list(list, Kind.QUEUE);
                case "services_status" -> list(list, Kind.CONSUMER);
                default -> json.skip();
            }
        }
    }

    /** Reads a list of components of that kind. */
    void list(String list, Kind kind) throws IOException, NotAHeartbeatException {
        if (json.isNull()) {
            return;
        }
        json.list(list);
        while (json.nextElement()) {
            json.object(list);
            observations.add(component(kind));
        }
    }

    private Observation component(Kind kind) throws IOException, NotAHeartbeatException {
        String name = null;
        Outcome outcome = null;
        Instant at = received;
        for (String key = json.nextKey(); key != null; key = json.nextKey()) {
            switch (key) {
                case "name" -> name = json.text(key);
                case "status" -> outcome = outcome(key);
                case "timestamp" -> at = json.instant(key);
                default -> json.skip();
            }
        }
        if (name == null || outcome == null) {
            throw new NotAHeartbeatException("a component without " + (name == null ? "name" : "status"));
        }
        return new Observation(new Target(kind, name), outcome, at);
    }

    private Outcome outcome(String key) throws IOException, NotAHeartbeatException {
        return switch (json.text(key)) {
            case "ok" -> Outcome.UP;
            case "not_ok" -> NOT_OK;
            default -> throw new NotAHeartbeatException(key + ": neither ok nor not_ok");
        };
    }
}
