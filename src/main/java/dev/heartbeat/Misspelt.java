package dev.heartbeat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.heartbeat.Settings.Setting;

/** Which variables look like settings of ours and are none? A typing mistake should not go unnoticed. */
final class Misspelt {
    /** A variable that begins so and is no setting is a typing mistake. */
    private static final List<String> OURS = List.of("HEARTBEAT_", "PUBLISH_", "STALE_", "FAILURES_", "SUCCESSES_", "FLAP_",
            "ALERT_", "KAFKA_", "DB_", "HISTORY_", "ROUTES_", "ENVIRON_");
    /** What Kubernetes sets in each container for a service that has such a name. */
    private static final Pattern SERVICE_LINK = Pattern
            .compile("\\w+_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_\\d+_(TCP|UDP|SCTP)(_\\w+)?)");

    private Misspelt() {
    }

    /** Each with a word about it. */
    static Map<String, String> in(Map<String, String> environment) {
        return in(environment, null);
    }

    /** Likewise, but for those that this file asks for by name; null for no file. */
    static Map<String, String> in(Map<String, String> environment, String file) {
        String text = text(file);
        List<String> known = Settings.all().stream().map(Setting::variable).toList();
        Map<String, String> misspelt = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (OURS.stream().anyMatch(name::startsWith) && !known.contains(name) && !Settings.isSecretFile(name)
                    && !Aliases.isAlias(name) && !isServiceLink(name, value) && !isAskedFor(name, text)) {
                misspelt.put(name, "is no setting of heartbeat");
            }
        });
        return misspelt;
    }

    private static boolean isAskedFor(String name, String text) {
        return Stream.of(name, name.replaceFirst(Settings.IN_FILE + "$", ""))
                .anyMatch(asked -> text.contains("${" + asked + "}") || text.contains("${" + asked + ":"));
    }

    /** Whoever reads the file for what it says tells why it can not be read. */
    private static String text(String file) {
        try {
            return file == null || !Files.isRegularFile(Path.of(file)) ? "" : Files.readString(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }

    /** Whether Kubernetes set the variable, and nobody who meant us. */
    static boolean isServiceLink(String name, String value) {
        return SERVICE_LINK.matcher(name).matches() || name.endsWith("_PORT") && value.contains("://");
    }
}
