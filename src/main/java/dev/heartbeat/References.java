package dev.heartbeat;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What stands for <code>${NAME}</code> in a file? The variable, or what the file holds that {@code NAME_FILE} names. */
final class References implements UnaryOperator<String> {
    private final Map<String, String> environment;
    /** By path, the prints of the files that were asked since the newest reading began. */
    private final Map<String, String> asked = new TreeMap<>();
    private boolean again;

    private References(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    static References in(Map<String, String> environment) {
        return new References(environment);
    }

    /**
     * Answers null for a variable that is not set.
     *
     * @throws IllegalArgumentException when the file can not be read, is empty, or both are given; the message goes on where
     *         the place ends
     */
    @Override
    public String apply(String name) {
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
            String secret = again ? SecretFile.readAgain(path) : SecretFile.read(path);
            asked.put(path, SecretFile.digest(secret));
            return secret;
        } catch (IllegalArgumentException e) {
            asked.put(path, SecretFile.NONE);
            throw new IllegalArgumentException("needs " + name + Settings.IN_FILE + ", whose file " + path + " "
                    + e.getMessage(), e);
        }
    }

    /** Another reading begins, which may ask for other files. */
    void begin() {
        again = true;
        asked.clear();
    }

    /** By which is known what the newest reading found in files; nothing of a secret can be seen in it. */
    String found() {
        return asked.values().stream().map(print -> " " + print).collect(Collectors.joining());
    }

    /** By which is known what the same files hold now. */
    String now() {
        return asked.keySet().stream().map(path -> " " + SecretFile.print(path)).collect(Collectors.joining());
    }
}
