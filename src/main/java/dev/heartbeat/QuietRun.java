package dev.heartbeat;

import java.util.Map;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/** How does the application run for a command? It serves, hears and tells nothing, and its log goes where faults go. */
final class QuietRun {
    private static final String LEVEL = "quarkus.log.level";

    private QuietRun() {
    }

    /**
     * Ends the process with the exit code of the application.
     *
     * @param broken the exit code where it could not even run
     */
    static void of(Class<? extends QuarkusApplication> application, Start with, int broken, String... arguments) {
        new Choice(with.mode(), Transport.MEMORY, with.stores()).tell(System::setProperty);
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("quarkus.log.console.stderr", "true");
        Main.isCommand(with);
        Quarkus.run(application, (code, failure) -> {
            if (failure != null) {
                System.err.println("the command could not run: " + failure);
            }
            System.exit(failure == null ? code : broken);
        }, arguments);
    }

    /** From which level on the log is written, unless somebody has said it. */
    static void logFrom(String level, Map<String, String> environment) {
        if (environment.getOrDefault(LogLevel.VARIABLE, "").isBlank()
                && environment.getOrDefault("QUARKUS_LOG_LEVEL", "").isBlank()) {
            System.setProperty(LEVEL, level);
        }
    }
}
