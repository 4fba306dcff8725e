package dev.heartbeat.probe;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;

/** What stands where in a JSON text that arrives in pieces? Keeps no more of it than the piece at hand. */
final class JsonWalk<T> {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(1 << 20).build()).build();

    private final Reading<T> reading;
    private final JsonParser parser;
    private final ByteArrayFeeder feeder;
    private final Deque<String> open = new ArrayDeque<>();
    private String at = "";
    private boolean begun;

    JsonWalk(Reading<T> reading) throws IOException {
        this.reading = reading;
        this.parser = FACTORY.createNonBlockingByteArrayParser();
        this.feeder = (ByteArrayFeeder) parser.getNonBlockingInputFeeder();
    }

    static <T> T read(byte[] text, Reading<T> reading) throws IOException {
        JsonWalk<T> walk = new JsonWalk<>(reading);
        walk.feed(text);
        return walk.end();
    }

    void feed(byte[] piece) throws IOException {
        feeder.feedInput(piece, 0, piece.length);
        walk();
    }

    T end() throws IOException {
        feeder.endOfInput();
        walk();
        if (!begun || !open.isEmpty()) {
            throw new IOException("the text ends too soon");
        }
        parser.close();
        return reading.result();
    }

    private void walk() throws IOException {
        JsonToken token = parser.nextToken();
        while (token != null && token != JsonToken.NOT_AVAILABLE) {
            step(token);
            token = parser.nextToken();
        }
    }

    private void step(JsonToken token) throws IOException {
        if (open.isEmpty()) {
            begin(token);
        }
        if (token == JsonToken.FIELD_NAME) {
            String parent = open.peek();
            at = parent.isEmpty() ? parser.currentName() : parent + '.' + parser.currentName();
        } else if (token.isStructStart()) {
            open.push(at);
            if (token == JsonToken.START_ARRAY) {
                reading.array(at);
            }
        } else if (token.isStructEnd()) {
            at = open.pop();
            if (token == JsonToken.END_OBJECT) {
                reading.object(at);
            }
        } else if (token != JsonToken.VALUE_NULL) {
            reading.value(at, parser.getText());
        }
    }

    private void begin(JsonToken token) throws IOException {
        if (begun || token != reading.root()) {
            throw new IOException("the text is not what was asked for");
        }
        begun = true;
        at = "";
    }
}
