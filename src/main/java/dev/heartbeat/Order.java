package dev.heartbeat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * With which settings shall what run?
 *
 * @param environment all that is set: what the command line says stands before the environment, that before a file
 * @param foreign what has no place among settings
 */
record Order(Map<String, String> environment, Foreign foreign) {
    private static final String IN_FILE = "_FILE";

    Order {
        environment = Map.copyOf(environment);
    }

    /** What the environment alone asks for. */
    static Order of(Map<String, String> environment) {
        return new Order(environment, Foreign.NONE);
    }

    /** One thing over the other: {@code options}, which are never blank, before the environment, that before {@code file}. */
    static Order of(Map<String, String> options, Map<String, String> environment, Map<String, String> file, Foreign foreign) {
        Map<String, String> merged = new LinkedHashMap<>(environment);
        file.forEach((variable, value) -> {
            if (isUnset(variable, environment)) {
                merged.put(variable, value);
            }
        });
        options.forEach((variable, value) -> {
            Aliases.of(variable).forEach(alias -> List.of(alias, alias + IN_FILE).forEach(merged::remove));
            merged.remove(variable + IN_FILE);
            if (variable.endsWith(IN_FILE)) {
                merged.remove(variable.substring(0, variable.length() - IN_FILE.length()));
            }
            merged.put(variable, value);
        });
        return new Order(merged, foreign);
    }

    private static boolean isUnset(String variable, Map<String, String> environment) {
        return Aliases.of(variable).stream()
                .allMatch(name -> environment.getOrDefault(name, "").isBlank()
                        && environment.getOrDefault(name + IN_FILE, "").isBlank());
    }
}
