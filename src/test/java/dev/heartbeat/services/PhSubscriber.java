package dev.heartbeat.services;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What does PH's subscriber make of a message? One SET for each component, in its order; whatever PH's program dies of is
 * refused
 * here as well.
 */
public final class PhSubscriber {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> KEYS = Set.of("name", "status", "timestamp");
    private static final Set<String> WORDS = Set.of("ok", "not_ok");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'");

    private final BiConsumer<String, String> set;

    /** @param set takes key and value, as Redis' SET does */
    public PhSubscriber(BiConsumer<String, String> set) {
        this.set = set;
    }

    public void hear(byte[] body) throws IOException {
        JsonNode message = JSON.readTree(body);
        demand(message.path("status").asText().equals("heartbeat"), "status");
        demand(message.path("service").isTextual(), "service");
        TIME.parse(message.path("timestamp").asText());
        // Hosts may be missing, consumers may not: PH's reader asks for them by name.
        demand(message.path("rmq_consumers").path("queues_status").isArray(), "queues_status");
        demand(message.path("rmq_consumers").path("services_status").isArray(), "services_status");
        for (JsonNode component : message.path("hosts")) {
            set("service", component);
        }
        for (JsonNode component : message.path("rmq_consumers").path("services_status")) {
            set("service", component);
        }
        for (JsonNode component : message.path("rmq_consumers").path("queues_status")) {
            set("queue", component);
        }
    }

    private void set(String kind, JsonNode component) {
        Set<String> keys = new HashSet<>();
        component.fieldNames().forEachRemaining(keys::add);
        demand(keys.equals(KEYS), "a component's keys are " + new TreeSet<>(keys));
        String status = component.path("status").asText();
        demand(WORDS.contains(status), "status is " + status);
        String timestamp = component.path("timestamp").asText();
        LocalDateTime.parse(timestamp, TIME);
        set.accept(kind + ":" + component.path("name").asText() + ":" + status, timestamp);
    }

    private static void demand(boolean fulfilled, String what) {
        if (!fulfilled) {
            throw new IllegalArgumentException("PH's reader dies of this: " + what);
        }
    }

    /** What PH would have written after these messages. */
    public static Map<String, String> keysOf(Iterable<byte[]> bodies) throws IOException {
        Map<String, String> keys = new java.util.TreeMap<>();
        PhSubscriber subscriber = new PhSubscriber(keys::put);
        for (byte[] body : bodies) {
            subscriber.hear(body);
        }
        return keys;
    }
}
