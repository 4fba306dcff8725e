package dev.heartbeat.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What would PH's subscriber write to Redis for this message? As strict as PH: a missing list is its {@code KeyError}, a
 * component with another key than its three is its {@code TypeError}; and its values are as strict as their reader.
 */
final class PhSubscriber {
    private static final Set<String> KEYS = Set.of("name", "status", "timestamp");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);
    private static final ObjectMapper JSON = new ObjectMapper();

    private PhSubscriber() {
    }

    /** The keys that it sets, in its order; throws where PH's would. */
    static List<String> keys(byte[] body) throws IOException {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        Map<String, Object> message = JSON.readValue(text, new TypeReference<>() {
        });
        List<String> keys = new ArrayList<>();
        if (message.containsKey("hosts")) {
            components(message, "hosts", "service", keys);
        }
        Map<String, Object> consumers = JSON.convertValue(present(message, "rmq_consumers"), new TypeReference<>() {
        });
        components(consumers, "queues_status", "queue", keys);
        components(consumers, "services_status", "service", keys);
        return keys;
    }

    private static void components(Map<String, Object> parent, String list, String prefix, List<String> keys)
            throws CharacterCodingException {
        List<Map<String, String>> components = JSON.convertValue(present(parent, list), new TypeReference<>() {
        });
        for (Map<String, String> component : components) {
            if (!component.keySet().equals(KEYS)) {
                throw new IllegalArgumentException("TypeError: Component got " + component.keySet());
            }
            if (!Set.of("ok", "not_ok").contains(component.get("status"))) {
                throw new IllegalArgumentException("no status: " + component.get("status"));
            }
            LocalDateTime.parse(component.get("timestamp"), TIME);
            String key = prefix + ":" + component.get("name") + ":" + component.get("status");
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(key));
            keys.add(key);
        }
    }

    private static Object present(Map<String, Object> parent, String key) {
        return Objects.requireNonNull(parent.get(key), () -> "KeyError: " + key);
    }
}
