package dev.heartbeat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.heartbeat.Settings.Setting;

/**
 * What carries heartbeats, and where is kept what was heard?
 *
 * @param stores states are kept in the first, history in all that keep any; empty in a publisher, which keeps nothing
 */
record Choice(Mode mode, Transport transport, List<Store> stores) {
    private static final String CHANNEL = "mp.messaging.%s.connector";

    Choice {
        stores = List.copyOf(stores);
    }

    /** What these variables choose, else the mode; words that are none are told where settings are checked. */
    static Choice of(Mode mode, Map<String, String> environment) {
        Transport asked = Transport.of(environment.getOrDefault(Transport.VARIABLE, ""));
        Transport usual = mode == Mode.STANDALONE ? Transport.MEMORY : Transport.RABBITMQ;
        return new Choice(mode, asked == null ? usual : asked, mode.subscribes() ? stores(mode, environment) : List.of());
    }

    private static List<Store> stores(Mode mode, Map<String, String> environment) {
        String asked = environment.getOrDefault(Store.VARIABLE, "");
        try {
            if (!asked.isBlank()) {
                return Store.parse(asked);
            }
        } catch (IllegalArgumentException e) {
            // Told where settings are checked; the start ends there.
        }
        boolean redis = mode == Mode.SUBSCRIBER || !environment.getOrDefault("REDIS_HOST", "").isBlank();
        return List.of(redis ? Store.REDIS : Store.MEMORY);
    }

    /** What can not be together, a line each. */
    List<String> faults() {
        return transport == Transport.MEMORY && mode != Mode.STANDALONE
                ? List.of(Transport.VARIABLE + "=memory: reaches nobody outside this process, and " + Mode.VARIABLE + " is "
                        + mode.word() + "; give rabbitmq or kafka, or run standalone")
                : List.of();
    }

    /** What is set and does nothing, because something else is not set. */
    List<String> notes(Map<String, String> environment) {
        List<String> notes = new ArrayList<>();
        String kafka = transport == Transport.KAFKA ? null : firstSet(environment, "KAFKA_", "ROUTES_");
        if (kafka != null) {
            notes.add(kafka + " is set, and nothing goes over Kafka: this is a " + mode.word() + " with the transport "
                    + transport.word() + "; set " + Transport.VARIABLE + "=kafka, and " + Mode.VARIABLE
                    + " to publisher or subscriber, if it should");
        }
        String postgresql = keeps(Store.POSTGRESQL) || !mode.subscribes() ? null : firstSet(environment, "DB_");
        if (postgresql != null) {
            notes.add(postgresql + " is set, and nothing is kept in PostgreSQL; name postgresql in " + Store.VARIABLE
                    + " if it should be");
        }
        return notes;
    }

    private static String firstSet(Map<String, String> environment, String... prefixes) {
        return Settings.all().stream().map(Setting::variable)
                .filter(variable -> Stream.of(prefixes).anyMatch(variable::startsWith))
                .filter(variable -> !environment.getOrDefault(variable, "").isBlank()).findFirst().orElse(null);
    }

    boolean keeps(Store store) {
        return stores.contains(store);
    }

    /** The properties by which the parts that Quarkus wires follow; an unused side is the memory connector, which is quiet. */
    void tell(BiConsumer<String, String> properties) {
        // The mode is the parent profile, so that dev, prod or test stays the main one.
        properties.accept("quarkus.config.profile.parent", mode.word());
        properties.accept("heartbeat.transport", transport.word());
        properties.accept("heartbeat.store", stores.stream().map(Store::word).collect(Collectors.joining(",")));
        properties.accept(String.format(CHANNEL, "outgoing.heartbeats-out"), connector(mode.probes()));
        // Topics have routes of their own, one or many, which no channel that is declared in the code could be.
        properties.accept(String.format(CHANNEL, "incoming.heartbeats-in"),
                connector(mode.subscribes() && transport != Transport.KAFKA));
        properties.accept("quarkus.redis.active", String.valueOf(keeps(Store.REDIS)));
    }

    private String connector(boolean used) {
        return (used ? transport : Transport.MEMORY).connector();
    }
}
