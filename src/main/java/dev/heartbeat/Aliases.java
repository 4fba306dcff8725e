package dev.heartbeat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which settings have a second name, from a program that had it first? */
final class Aliases {
    private static final Map<String, String> ALL = new TreeMap<>(
            Map.of("KAFKA_BROKER", "KAFKA_BOOTSTRAP_SERVERS", "POSTGRESQL_DSN", "DB_DSN"));

    private Aliases() {
    }

    /** Both names of a setting, or the only one. */
    static List<String> of(String variable) {
        List<String> names = new ArrayList<>(List.of(variable));
        ALL.forEach((alias, own) -> {
            if (own.equals(variable)) {
                names.add(alias);
            }
        });
        return names;
    }

    static boolean isAlias(String variable) {
        return ALL.containsKey(variable);
    }

    /** The environment in our own names; a setting that is given by both is a fault, which does not tell their values. */
    static Map<String, String> resolve(Map<String, String> environment, List<String> faults) {
        Map<String, String> resolved = new HashMap<>(environment);
        ALL.forEach((alias, own) -> {
            move(alias, own, resolved, faults);
            move(alias + "_FILE", own + "_FILE", resolved, faults);
        });
        return resolved;
    }

    private static void move(String alias, String own, Map<String, String> environment, List<String> faults) {
        String value = environment.remove(alias);
        if (value == null || value.isBlank()) {
            return;
        }
        String before = environment.put(own, value);
        if (before != null && !before.isBlank() && !before.strip().equals(value.strip())) {
            faults.add(alias + " and " + own + " are both set and say different things; give one of them");
        }
    }
}
