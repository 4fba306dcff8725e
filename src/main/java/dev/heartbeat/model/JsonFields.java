package dev.heartbeat.model;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * What stands at this place of a message? Reads one value at a time, and says of a wrong one which key it has and what it
 * should be.
 */
final class JsonFields {
    private static final double NANOS = 1e9;
    private static final double LONGEST_SECONDS = Duration.ofDays(366).toSeconds();

    private final JsonParser json;
    private String lastText;
    private Instant lastInstant;

    JsonFields(JsonParser json) {
        this.json = json;
    }

    /** The next key of the object at hand, with its value current; null at the object's end. */
    String nextKey() throws IOException {
        if (json.nextToken() != JsonToken.FIELD_NAME) {
            return null;
        }
        String key = json.currentName();
        json.nextToken();
        return key;
    }

    /** Whether the list at hand has another element, which then is current. */
    boolean nextElement() throws IOException {
        return json.nextToken() != JsonToken.END_ARRAY;
    }

    boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    boolean truth(String key) throws NotAHeartbeatException {
        if (!json.currentToken().isBoolean()) {
            throw new NotAHeartbeatException(key + ": not true or false");
        }
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    void skip() throws IOException {
        json.skipChildren();
    }

    void object(String key) throws NotAHeartbeatException {
        expect(JsonToken.START_OBJECT, key, "an object");
    }

    void list(String key) throws NotAHeartbeatException {
        expect(JsonToken.START_ARRAY, key, "a list");
    }

    String text(String key) throws IOException, NotAHeartbeatException {
        expect(JsonToken.VALUE_STRING, key, "a text");
        return Characters.whole(json.getText());
    }

    long number(String key, long most) throws IOException, NotAHeartbeatException {
        expect(JsonToken.VALUE_NUMBER_INT, key, "a whole number");
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER || json.getLongValue() < 0
                || json.getLongValue() > most) {
            throw new NotAHeartbeatException(key + ": out of range");
        }
        return json.getLongValue();
    }

    Duration seconds(String key) throws IOException, NotAHeartbeatException {
        if (!json.currentToken().isNumeric()) {
            throw new NotAHeartbeatException(key + ": not a number of seconds");
        }
        double seconds = json.getDoubleValue();
        if (!(seconds >= 0 && seconds <= LONGEST_SECONDS)) {
            throw new NotAHeartbeatException(key + ": out of range");
        }
        return Duration.ofNanos(Math.round(seconds * NANOS));
    }

    Instant instant(String key) throws IOException, NotAHeartbeatException {
        String text = text(key);
        if (!text.equals(lastText)) {
            Instant parsed = PhTime.parse(text);
            if (parsed == null) {
                throw new NotAHeartbeatException(key + ": not an instant");
            }
            lastText = text;
            lastInstant = parsed;
        }
        return lastInstant;
    }

    private void expect(JsonToken token, String key, String words) throws NotAHeartbeatException {
        if (json.currentToken() != token) {
            throw new NotAHeartbeatException(key + ": not " + words);
        }
    }
}
