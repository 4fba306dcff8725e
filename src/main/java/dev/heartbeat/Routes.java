package dev.heartbeat;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.heartbeat.model.Route;
import dev.heartbeat.model.RowLayout;

/** Which topics does this process hear, and into which tables do they go? */
final class Routes {
    private Routes() {
    }

    /** Those of the other program's file, or else one for the topic of the settings; none where no topic is heard. */
    static List<Route> of(Choice choice, Map<String, String> environment, Foreign foreign, List<String> faults) {
        if (!choice.mode().subscribes() || choice.transport() != Transport.KAFKA) {
            return List.of();
        }
        return foreign.routes().isEmpty() ? List.of(only(choice, environment)) : foreign.routes();
    }

    private static Route only(Choice choice, Map<String, String> environment) {
        String table = choice.keeps(Store.POSTGRESQL) ? Settings.value("DB_TABLE", environment) : null;
        return new Route(Settings.value("KAFKA_TOPIC", environment), Settings.value("KAFKA_GROUP_ID", environment), null, table,
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
