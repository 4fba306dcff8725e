package dev.heartbeat;

import java.util.Locale;
import java.util.Map;

/** Which part of the flow runs in this process? */
public enum Mode {
    /** Inside: probes, and tells. */
    PUBLISHER,
    /** Outside: hears, remembers, judges and shows. */
    SUBSCRIBER,
    /** Both, with no broker between. */
    STANDALONE;

    static final String VARIABLE = "HEARTBEAT_MODE";

    /** The mode as it is written: lower case, which is also its configuration profile. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean probes() {
        return this != SUBSCRIBER;
    }

    public boolean subscribes() {
        return this != PUBLISHER;
    }

    /** Whether nobody said which mode, and the broker's variables say that this takes the place of PH's publisher. */
    static boolean isGuessed(Map<String, String> environment) {
        return environment.getOrDefault(VARIABLE, "").isBlank() && namesBroker(environment);
    }

    private static boolean namesBroker(Map<String, String> environment) {
        return environment.entrySet().stream()
                .anyMatch(entry -> entry.getKey().startsWith("RABBITMQ_") && !entry.getValue().isBlank());
    }

    /**
     * The mode that this environment asks for.
     *
     * @throws IllegalArgumentException for a word that is none, with the words that are
     */
    static Mode of(Map<String, String> environment) {
        String word = environment.getOrDefault(VARIABLE, "").strip();
        if (word.isEmpty()) {
            return namesBroker(environment) ? PUBLISHER : STANDALONE;
        }
        for (Mode mode : values()) {
            if (mode.name().equalsIgnoreCase(word)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(
                VARIABLE + "=" + word + ": there is no such mode; give publisher, subscriber or standalone"
                        + " (pipeline-heartbeat took every other word for subscriber)");
    }
}
