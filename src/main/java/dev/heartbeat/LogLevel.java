package dev.heartbeat;

import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** From which level on is the log written? In the words of Java and of Python. */
enum LogLevel {
    DEBUG("DEBUG"),
    INFO("INFO"),
    WARN("WARN"),
    WARNING("WARN"),
    ERROR("ERROR"),
    CRITICAL("FATAL");

    static final String VARIABLE = "LOG_LEVEL";
    private final String level;

    LogLevel(String level) {
        this.level = level;
    }

    /** More than usual is told of ours only: what libraries say then helps nobody. Less is less of all. */
    static void tell(Map<String, String> environment, BiConsumer<String, String> properties) {
        String word = environment.getOrDefault(VARIABLE, "").strip().toUpperCase(Locale.ROOT);
        if (!word.isEmpty()) {
            String level = valueOf(word).level;
            properties.accept(word.equals("DEBUG") ? "quarkus.log.category.\"dev.heartbeat\".level" : "quarkus.log.level",
                    level);
        }
    }
}
