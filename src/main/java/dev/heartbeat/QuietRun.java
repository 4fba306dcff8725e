package dev.heartbeat;

import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/** How does the application run for a command? It serves, hears and tells nothing, and its log goes where faults go. */
final class QuietRun {
    private static final String LEVEL = "quarkus.log.level";
    private final Map<String, String> properties = new LinkedHashMap<>();

    /** What follows from the settings that are read; nothing outside knows of it before the application runs. */
    void property(String name, String value) {
        properties.put(name, value);
    }

    /** From which level on the log is written, unless somebody has said it. */
    QuietRun loggingFrom(String level) {
        if (System.getenv("QUARKUS_LOG_LEVEL") == null) {
            properties.putIfAbsent(LEVEL, level);
        }
        return this;
    }

    /**
     * Ends the process with the exit code of the application.
     *
     * @param broken the exit code where it could not even run
     */
    void of(Class<? extends QuarkusApplication> application, Start with, int broken, String... arguments) {
        new Choice(with.mode(), Transport.MEMORY, with.stores()).tell(this::property);
        property("quarkus.http.host-enabled", "false");
        property("quarkus.log.console.stderr", "true");
        properties.forEach(System::setProperty);
        Main.isCommand(with);
        Quarkus.run(application, (code, failure) -> {
            if (failure != null) {
                System.err.println("the command could not run: " + failure);
            }
            System.exit(failure == null ? code : broken);
        }, arguments);
    }
}
