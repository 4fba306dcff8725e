package dev.heartbeat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.Observation;
import dev.heartbeat.services.Program;

/**
 * What was said and confirmed, in order, and what must have become of it in the end? Keeps (source, sequence, target, instant).
 */
final class Ledger {
    private final List<Heartbeat> confirmed = new ArrayList<>();

    synchronized void confirm(Heartbeat heartbeat) {
        confirmed.add(heartbeat);
    }

    synchronized int size() {
        return confirmed.size();
    }

    /** The newest health that was said, by source and target. */
    synchronized SortedMap<String, Health> newest() {
        SortedMap<String, Health> newest = new TreeMap<>();
        for (Heartbeat heartbeat : confirmed) {
            heartbeat.observations().forEach(said -> newest.put(key(heartbeat, said), said.outcome().health()));
        }
        return newest;
    }

    /** PH's keys that must be there. */
    List<String> keys() {
        return newest().entrySet().stream()
                .map(entry -> "service:" + entry.getKey().split(" ")[1] + (entry.getValue() == Health.UP ? ":ok" : ":not_ok"))
                .toList();
    }

    /** Every transition that must be in the outbox, in order, by source and target. The first UP of a target is none. */
    synchronized SortedMap<String, List<String>> transitions() {
        SortedMap<String, List<String>> transitions = new TreeMap<>();
        Map<String, Health> known = new HashMap<>();
        for (Heartbeat heartbeat : confirmed) {
            for (Observation said : heartbeat.observations()) {
                Health to = said.outcome().health();
                Health from = known.put(key(heartbeat, said), to);
                if (from != to && !(from == null && to == Health.UP)) {
                    transitions.computeIfAbsent(key(heartbeat, said), key -> new ArrayList<>())
                            .add(step(from == null ? "" : from.name(), to.name(), said.at()));
                }
            }
        }
        return transitions;
    }

    /** What an outbox holds, in the same words. */
    static SortedMap<String, List<String>> transitions(List<JsonNode> outbox) {
        SortedMap<String, List<String>> transitions = new TreeMap<>();
        outbox.forEach(entry -> transitions
                .computeIfAbsent(entry.path("source").asText() + " " + entry.path("target").asText().replace("host:", ""),
                        key -> new ArrayList<>())
                .add(step(entry.path("from").asText(""), entry.path("to").asText(), Instant.parse(entry.path("at").asText()))));
        return transitions;
    }

    /** What /api/status shows, in the same words. */
    static SortedMap<String, Health> health(JsonNode status) {
        SortedMap<String, Health> health = new TreeMap<>();
        status.path("targets").forEach(row -> health.put(row.path("source").asText() + " " + row.path("name").asText(),
                Health.valueOf(row.path("health").asText())));
        return health;
    }

    /** The lines with which these programs announced that source's target being that at that instant. */
    static List<String> announcements(List<Program> programs) {
        List<String> lines = new ArrayList<>();
        for (Program program : programs) {
            program.log(" of source-").stream().map(line -> line.substring(line.indexOf("host "))).forEach(lines::add);
        }
        return lines;
    }

    private static String key(Heartbeat heartbeat, Observation said) {
        return heartbeat.source() + " " + said.target().name();
    }

    private static String step(String from, String to, Instant at) {
        return from + ">" + to + "@" + at;
    }
}
