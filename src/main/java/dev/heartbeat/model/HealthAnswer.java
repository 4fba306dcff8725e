package dev.heartbeat.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

/**
 * What does a health endpoint say of itself and of its checks? Reads the JSON of MicroProfile Health, of oarepo-heartbeat and
 * of
 * Spring's actuator; keys that it does not know are passed over.
 *
 * @param checks by the names that the answer gives them, in its order; of several of one name the worst
 */
public record HealthAnswer(Outcome overall, Map<String, Outcome> checks) {
    private static final int DEEPEST = 32;
    private static final int NAMED = 5;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    public HealthAnswer {
        checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
    }

    /**
     * What this body says.
     *
     * @throws IllegalArgumentException when it is no such answer; the message goes on where "the body" ends
     */
    public static HealthAnswer read(String body) {
        Reader reader = new Reader();
        try (JsonParser json = JSON.createParser(body)) {
            reader.read(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("is no JSON", e);
        }
        return reader.answer();
    }

    /** What has been read so far? Used once. */
    private static final class Reader {
        private final Map<String, Outcome> checks = new LinkedHashMap<>();
        private String status;

        void read(JsonParser json) throws IOException {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                JsonToken token = json.nextToken();
                if (key.equals("status") && token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                    status = json.getText();
                } else if (key.equals("checks") || key.equals("components")) {
                    checks(json);
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("goes on after its JSON object");
            }
        }

        private void checks(JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    HealthWord word = HealthWord.read(json);
                    add(word.name(), word);
                }
            } else if (json.currentToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    add(name, HealthWord.read(json));
                }
            }
        }

        private void add(String name, HealthWord word) {
            if (name != null) {
                checks.merge(name, word.outcome(), (one, other) -> other.isWorseThan(one) ? other : one);
            }
        }

        HealthAnswer answer() {
            if (status == null) {
                throw new IllegalArgumentException("has no status");
            }
            return new HealthAnswer(HealthWord.outcome(status, failing()), checks);
        }

        private String failing() {
            List<String> failing = new ArrayList<>();
            checks.forEach((name, outcome) -> {
                if (outcome.health() == Health.DOWN) {
                    failing.add(name);
                }
            });
            if (failing.isEmpty()) {
                return null;
            }
            String few = String.join(", ", failing.subList(0, Math.min(NAMED, failing.size())));
            return HealthWord.line(failing.size() + " of " + checks.size() + " checks: " + few
                    + (failing.size() > NAMED ? ", …" : ""));
        }
    }
}
