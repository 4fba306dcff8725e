package dev.heartbeat.model;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/**
 * What stands at this place of a message? Reads one value at a time, and says of a wrong one which key it has and what it
 * should be.
 */
final class JsonFields {
    private static final int DEEPEST = 32;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;
    private static final double MILLIS = 1e3;
    private static final double LONGEST_SECONDS = Duration.ofDays(366).toSeconds();

    private final JsonParser json;
    private String lastText;
    private Instant lastInstant;

    private JsonFields(JsonParser json) {
        this.json = json;
    }

    /** What is to be done with a message of which the first brace is read? */
    interface Reading<T> {
        T of(JsonFields json) throws IOException, NotAHeartbeatException;
    }

    /** What the reading, which reads to the end, makes of a body that is one JSON object. */
    static <T> T read(byte[] body, Reading<T> reading) throws NotAHeartbeatException {
        return peek(body, json -> {
            T message = reading.of(json);
            if (json.json.nextToken() != null) {
                throw new NotAHeartbeatException("something follows the JSON object");
            }
            return message;
        });
    }

    /** As {@link #read}, of a reading that may end before the object does. */
    static <T> T peek(byte[] body, Reading<T> reading) throws NotAHeartbeatException {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new NotAHeartbeatException("not a JSON object");
            }
            return reading.of(new JsonFields(parser));
        } catch (StreamConstraintsException e) {
            throw new NotAHeartbeatException("nested deeper than " + DEEPEST + " levels, or a name or number too long");
        } catch (IOException e) {
            throw new NotAHeartbeatException("not JSON");
        }
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
        return Duration.ofNanos(Math.round(real(key, "a number of seconds", LONGEST_SECONDS) * NANOS));
    }

    Duration millis(String key) throws IOException, NotAHeartbeatException {
        double most = LONGEST_SECONDS * MILLIS;
        return Duration.ofNanos(Math.round(real(key, "a number of milliseconds", most) * NANOS / MILLIS));
    }

    /** An instant as seconds since 1970, of which microseconds count. */
    Instant epochSeconds(String key) throws IOException, NotAHeartbeatException {
        double micros = real(key, "a number of seconds since 1970", PhTime.LATEST) * MICROS;
        return Instant.EPOCH.plus(Math.round(micros), ChronoUnit.MICROS);
    }

    private double real(String key, String words, double most) throws IOException, NotAHeartbeatException {
        if (!json.currentToken().isNumeric()) {
            throw new NotAHeartbeatException(key + ": not " + words);
        }
        double number = json.getDoubleValue();
        if (!(number >= 0 && number <= most)) {
            throw new NotAHeartbeatException(key + ": out of range");
        }
        return number;
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
