package dev.heartbeat.probe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;

/** What does one of several observations say of the target that they share? {@code name} is blank for the target itself. */
record Part(String name, Outcome outcome) {
    private static final int NAMED = 5;
    private static final int LONGEST = 500;

    /** The outcome of the target that has these parts: down before unknown before up, in the words of those that count. */
    static Outcome worst(List<Part> parts) {
        List<Part> down = of(Health.DOWN, parts);
        if (!down.isEmpty()) {
            return Outcome.down(reason(down), words(down));
        }
        List<Part> unknown = of(Health.UNKNOWN, parts);
        return unknown.isEmpty() ? Outcome.UP : Outcome.unknown(reason(unknown), words(unknown));
    }

    private static List<Part> of(Health health, List<Part> parts) {
        return parts.stream().filter(part -> part.outcome.health() == health).toList();
    }

    /** The constants stand in the order of how much is lacking: the queue, its consumer, an active one. */
    private static Reason reason(List<Part> parts) {
        return parts.stream().map(part -> part.outcome.reason()).min(Comparator.naturalOrder()).orElseThrow();
    }

    /** Parts with the same words are named together. */
    private static String words(List<Part> parts) {
        Map<String, Set<String>> named = new LinkedHashMap<>();
        parts.forEach(part -> named.computeIfAbsent(part.outcome.detail(), any -> new LinkedHashSet<>()).add(part.name));
        List<String> sentences = new ArrayList<>();
        named.forEach((detail, names) -> sentences.add(names.contains("") ? detail : few(names, ", ") + ": " + detail));
        String line = few(sentences, "; ").replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }

    private static String few(Collection<String> names, String separator) {
        String first = String.join(separator, names.stream().limit(NAMED).toList());
        return names.size() <= NAMED ? first : first + " and " + (names.size() - NAMED) + " more";
    }
}
