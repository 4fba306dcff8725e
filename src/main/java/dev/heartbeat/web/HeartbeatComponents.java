package dev.heartbeat.web;

import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.heartbeat.model.PhKey;
import dev.heartbeat.model.PhTime;
import dev.heartbeat.model.Projection;
import dev.heartbeat.model.Shown;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;

/**
 * Which services and queues does the reader of pipeline-heartbeat's keys know, and how are they? The worst of all that share a
 * name, over all kinds and sources. In its words: {@code ok} and {@code not_ok}.
 */
final class HeartbeatComponents {
    private final Map<String, Component> services = new TreeMap<>();
    private final Map<String, Component> queues = new TreeMap<>();

    /**
     * One service or queue.
     *
     * @param lastOk when all of that name were ok, to the length of a round; null when never
     * @param lastFailed when one of them was last not ok, or was judged so; null when never
     */
    record Component(String name, boolean ok, Instant lastOk, Instant lastFailed) {
        void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("name", name);
            json.writeStringField("status", ok ? "ok" : "not_ok");
            json.writeStringField("last_seen_ok", lastOk == null ? null : PhTime.text(lastOk));
            json.writeStringField("last_seen_failed", lastFailed == null ? null : PhTime.text(lastFailed));
            json.writeEndObject();
        }
    }

    private HeartbeatComponents() {
    }

    static HeartbeatComponents of(Collection<SourceState> states) {
        HeartbeatComponents components = new HeartbeatComponents();
        List<Projection> projections = states.stream().map(Projection::of).toList();
        Set<PhKey> keys = new HashSet<>();
        projections.forEach(projection -> keys.addAll(projection.keys()));
        keys.forEach(
                key -> (key.queue() ? components.queues : components.services).put(key.name(), component(key, projections)));
        return components;
    }

    private static Component component(PhKey key, List<Projection> projections) {
        Shown shown = null;
        Instant lastFailed = null;
        Instant lastOk = Instant.MAX;
        Set<String> names = new HashSet<>();
        for (Projection projection : projections) {
            shown = Shown.worse(shown, projection.shown(key));
            for (Target target : projection.contributors(key)) {
                TargetState state = projection.state().targets().get(target);
                lastOk = earlier(lastOk, projection.state().lastUp(state));
                lastFailed = later(lastFailed, projection.state().lastDown(state));
                names.add(target.name());
            }
        }
        // The name as it is, unless two of them are written as one in the keys.
        String name = names.size() == 1 ? names.iterator().next() : key.name();
        return shown.ok() ? new Component(name, true, shown.at(), lastFailed)
                : new Component(name, false, lastOk, later(lastFailed, shown.at()));
    }

    /** Null, which is never, is before everything. */
    private static Instant earlier(Instant one, Instant other) {
        return one == null || other == null ? null : one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    /** By name. */
    List<Component> services() {
        return sorted(services);
    }

    /** By name. */
    List<Component> queues() {
        return sorted(queues);
    }

    private static List<Component> sorted(Map<String, Component> components) {
        return components.values().stream().sorted(Comparator.comparing(Component::name)).toList();
    }

    /** Nothing heard of is nothing known to be well. */
    Overall overall() {
        boolean none = services.isEmpty() && queues.isEmpty();
        boolean servicesOk = !none && services.values().stream().allMatch(Component::ok);
        boolean queuesOk = !none && queues.values().stream().allMatch(Component::ok);
        return servicesOk ? queuesOk ? Overall.ALL_OK : Overall.MISSING_QUEUES
                : queuesOk ? Overall.MISSING_SERVICES : Overall.MISSING_SERVICES_AND_QUEUES;
    }

    /** What is said of all together? */
    enum Overall {
        /** The only one that is answered with 200. */
        ALL_OK("All services and queues are up and running"),
        /** A service is not ok. */
        MISSING_SERVICES("Missing one or more services"),
        /** A queue is not ok. */
        MISSING_QUEUES("Missing one or more queues"),
        /** Both, or nothing was ever heard. */
        MISSING_SERVICES_AND_QUEUES("Missing one or more services and queues");

        private final String description;

        Overall(String description) {
            this.description = description;
        }

        String description() {
            return description;
        }
    }
}
