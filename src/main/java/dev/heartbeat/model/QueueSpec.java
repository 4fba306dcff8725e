package dev.heartbeat.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which RabbitMQ queue must have which consumers?
 *
 * @param vhost null for the publisher's own ({@code RABBITMQ_VHOST})
 */
public record QueueSpec(String queue, String vhost, List<Listener> listeners, Pace pace) implements Spec {
    public QueueSpec {
        listeners = List.copyOf(listeners);
    }

    @Override
    public Set<Target> targets() {
        Set<Target> targets = new LinkedHashSet<>();
        targets.add(new Target(Kind.QUEUE, queue));
        listeners.forEach(listener -> targets.add(listener.target()));
        return targets;
    }

    /** Which consumer must be there? {@code tag} is searched for in the consumer tags, as Python's {@code re.search} does. */
    public record Listener(String name, PythonPattern tag) {
        public Target target() {
            return new Target(Kind.CONSUMER, name);
        }
    }
}
