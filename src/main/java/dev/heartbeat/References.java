package dev.heartbeat;

import java.util.Map;
import java.util.function.UnaryOperator;

/** What stands for <code>${NAME}</code> in a file? The variable, or what the file holds that {@code NAME_FILE} names. */
final class References {
    private References() {
    }

    /**
     * Answers null for a variable that is not set.
     *
     * @throws IllegalArgumentException by what is answered, when the file can not be read, is empty, or both are given; the
     *         message goes on where the place ends
     */
    static UnaryOperator<String> in(Map<String, String> environment) {
        return name -> {
            String value = environment.getOrDefault(name, "");
            String path = environment.getOrDefault(name + Settings.IN_FILE, "");
            if (path.isBlank()) {
                return environment.get(name);
            }
            if (!value.isBlank()) {
                throw new IllegalArgumentException(
                        "needs one of " + name + " and " + name + Settings.IN_FILE + ", and both are set");
            }
            try {
                return SecretFile.read(path);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("needs " + name + Settings.IN_FILE + ", whose file " + path + " "
                        + e.getMessage(), e);
            }
        };
    }
}
