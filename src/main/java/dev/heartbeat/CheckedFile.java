package dev.heartbeat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.heartbeat.TargetsLocation.UnreadableException;
import dev.heartbeat.model.HcFile;
import dev.heartbeat.model.KpFile;

/** With which settings would a start read a file that somebody wants to have checked? What it is, its text tells. */
final class CheckedFile {
    /** A port that nobody looks for: whether it is free now says nothing of a start. */
    private static final Map<String, String> PORT = Map.of("QUARKUS_HTTP_PORT", "8080");

    private CheckedFile() {
    }

    /** One, or one for each of two roles that the file is for; without a file that of the environment alone. */
    static List<Order> orders(String file, Map<String, String> environment) {
        Map<String, String> quiet = new HashMap<>(PORT);
        quiet.putAll(environment);
        if (file == null) {
            return List.of(Order.of(quiet));
        }
        String text = text(file);
        if (KpFile.isMeant(text)) {
            return healthcheck(file, text, quiet);
        }
        return List.of(HcFile.isMeant(text) ? HcCommand.producing(file, quiet) : targets(file, quiet));
    }

    /** Empty where it can't be read, which is told by whoever reads it to use it. */
    private static String text(String file) {
        try {
            return new String(TargetsLocation.bytes(Path.of(file), ""), StandardCharsets.UTF_8);
        } catch (UnreadableException e) {
            return "";
        }
    }

    /** Both roles, unless the environment says which. */
    private static List<Order> healthcheck(String file, String text, Map<String, String> environment) {
        String mode = environment.getOrDefault(Mode.VARIABLE, "").strip();
        List<Order> orders = new ArrayList<>();
        if (KpFile.hasProducer(text) && !mode.equalsIgnoreCase(Mode.SUBSCRIBER.word())) {
            orders.add(KpCommand.order(true, file, false, environment));
        }
        if (KpFile.hasConsumer(text) && !mode.equalsIgnoreCase(Mode.PUBLISHER.word())) {
            orders.add(file.equals(environment.getOrDefault("ROUTES_FILE", "").strip()) ? Order.of(environment)
                    : KpCommand.order(false, file, false, environment));
        }
        return orders.isEmpty() ? List.of(KpCommand.order(KpFile.hasProducer(text), file, false, environment)) : orders;
    }

    /** In a mode that reads it: whoever runs a subscriber may check the other side's file. */
    private static Order targets(String file, Map<String, String> environment) {
        Map<String, String> settings = new HashMap<>(environment);
        boolean isPh = file.equals(environment.get(TargetsLocation.PH));
        settings.remove(TargetsLocation.OWN);
        if (!isPh) {
            settings.put(TargetsLocation.OWN, file);
        }
        if (Mode.SUBSCRIBER.word().equalsIgnoreCase(environment.getOrDefault(Mode.VARIABLE, "").strip())) {
            settings.put(Mode.VARIABLE, Mode.PUBLISHER.word());
        }
        return Order.of(settings);
    }
}
