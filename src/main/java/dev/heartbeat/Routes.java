package dev.heartbeat;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.heartbeat.model.Route;
import dev.heartbeat.model.RowLayout;
import dev.heartbeat.store.PgAddress;

/** Which topics does this process hear, and into which tables do they go? */
final class Routes {
    private static final String FILE = "ROUTES_FILE";
    private static final String GROUP = "KAFKA_GROUP_ID";

    private Routes() {
    }

    /** The order with what {@code ROUTES_FILE} says, where it is heard: a command line's own file stands before it. */
    static Order read(Order order) {
        Map<String, String> environment = order.environment();
        String file = environment.getOrDefault(FILE, "").strip();
        if (file.isEmpty() || order.foreign().from() != null || !hears(environment)) {
            return order;
        }
        ForeignFiles.Settled settled = ForeignFiles.consumer(file, environment);
        Foreign routes = settled.foreign();
        return Order.of(Map.of(), environment, settled.settings(),
                new Foreign(null, null, routes.routes(), routes.faults(), routes.notes()));
    }

    private static boolean hears(Map<String, String> environment) {
        try {
            return hears(Choice.of(Mode.of(environment), environment));
        } catch (IllegalArgumentException e) {
            // No such mode, which is told where settings are checked.
            return false;
        }
    }

    private static boolean hears(Choice choice) {
        return choice.mode().subscribes() && choice.transport() == Transport.KAFKA;
    }

    /** Those of a file, or else one for the topic of the settings; none where no topic is heard. */
    static List<Route> of(Choice choice, Map<String, String> environment, Foreign foreign, List<String> faults) {
        if (!hears(choice)) {
            return List.of();
        }
        if (foreign.routes().isEmpty()) {
            return List.of(only(choice, environment));
        }
        if (!choice.keeps(Store.POSTGRESQL)) {
            faults.add(Store.VARIABLE + " does not name postgresql, and the routes go into tables; give redis,postgresql or"
                    + " memory,postgresql");
        }
        foreign.routes().forEach(route -> database(route, faults));
        return foreign.routes().stream()
                .map(route -> inGroup(route, foreign.routes().get(0).group(), Settings.value(GROUP, environment))).toList();
    }

    /** A group that the environment or an option names stands before the file's. */
    private static Route inGroup(Route route, String said, String asked) {
        return new Route(route.topic(), asked + route.group().substring(said.length()), route.database(), route.table(),
                route.layout(), route.states());
    }

    private static void database(Route route, List<String> faults) {
        try {
            PgAddress.parse(route.database());
        } catch (IllegalArgumentException e) {
            faults.add("connection_uri of " + route + ": " + e.getMessage());
        }
    }

    private static Route only(Choice choice, Map<String, String> environment) {
        String table = choice.keeps(Store.POSTGRESQL) ? Settings.value("DB_TABLE", environment) : null;
        return new Route(Settings.value("KAFKA_TOPIC", environment), Settings.value(GROUP, environment), null, table,
                layout(Settings.value("HISTORY_LAYOUT", environment)), true);
    }

    /** Ours for a word that is none, which is told where settings are checked. */
    private static RowLayout layout(String word) {
        for (RowLayout layout : RowLayout.values()) {
            if (layout.name().equals(word.toUpperCase(Locale.ROOT).replace('-', '_'))) {
                return layout;
            }
        }
        return RowLayout.HEARTBEAT;
    }
}
