package dev.heartbeat.store;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What does the program that reads PH's keys in production make of them? Its decisions, its fault included: where the instants
 * do not decide, the key that came last does.
 */
public final class R {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'");
    private static final int MINUTES_OK = 10;
    private static final int MINUTES_NOT_OK = 3;

    private R() {
    }

    public enum Answer {
        ALL_OK,
        MISSING_SERVICES,
        MISSING_QUEUES,
        MISSING_SERVICES_AND_QUEUES
    }

    private static final class Component {
        LocalDateTime ok;
        LocalDateTime failed;
        boolean last;

        boolean isOk() {
            if (ok != null && failed != null) {
                long minutes = Duration.between(failed, ok).toMinutes();
                if (ok.isAfter(failed) && minutes >= MINUTES_OK) {
                    return true;
                }
                if (failed.isAfter(ok) && minutes >= MINUTES_NOT_OK) {
                    return false;
                }
            }
            return last;
        }
    }

    /** Every answer that some order of the keys leads to. */
    public static Set<Answer> answers(Map<String, String> keys) {
        Set<Answer> answers = EnumSet.noneOf(Answer.class);
        for (List<String> order : orders(new ArrayList<>(keys.keySet()))) {
            answers.add(answer(keys, order));
        }
        return answers;
    }

    private static Answer answer(Map<String, String> keys, List<String> order) {
        boolean services = allOk(keys, order, "service");
        boolean queues = allOk(keys, order, "queue");
        return services ? queues ? Answer.ALL_OK : Answer.MISSING_QUEUES
                : queues ? Answer.MISSING_SERVICES : Answer.MISSING_SERVICES_AND_QUEUES;
    }

    private static boolean allOk(Map<String, String> keys, Collection<String> order, String kind) {
        Map<String, Component> components = new LinkedHashMap<>();
        for (String key : order) {
            String[] parts = key.split(":");
            if (!parts[0].equals(kind) || parts.length != 3) {
                continue;
            }
            Component component = components.computeIfAbsent(parts[1], name -> new Component());
            LocalDateTime at = LocalDateTime.parse(keys.get(key), FORMAT);
            component.last = parts[2].equalsIgnoreCase("ok");
            if (component.last) {
                component.ok = at;
            } else {
                component.failed = at;
            }
        }
        return components.values().stream().allMatch(Component::isOk);
    }

    private static List<List<String>> orders(List<String> keys) {
        if (keys.isEmpty()) {
            return List.of(List.of());
        }
        List<List<String>> orders = new ArrayList<>();
        for (String first : keys) {
            List<String> rest = new ArrayList<>(keys);
            rest.remove(first);
            for (List<String> order : orders(rest)) {
                List<String> whole = new ArrayList<>(List.of(first));
                whole.addAll(order);
                orders.add(whole);
            }
        }
        return orders;
    }
}
