package dev.heartbeat.model;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** How are the values that a state is made of written into stored JSON, and read from it? Nothing is written for null. */
final class StoredJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private StoredJson() {
    }

    interface Content {
        void write(JsonGenerator out) throws IOException;
    }

    interface Field {
        /** Reads the value at which the parser stands, or leaves it: what is left is skipped. */
        void read(String name, JsonParser in) throws IOException;
    }

    static String object(Content content) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            out.writeStartObject();
            content.write(out);
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** Reads an object; fails with {@link IllegalArgumentException} when the text is none. */
    static void read(String text, Field field) {
        try (JsonParser in = FACTORY.createParser(text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("stored state is not a JSON object");
            }
            fields(in, field);
        } catch (IOException | DateTimeException malformed) {
            throw new IllegalArgumentException("stored state is malformed: " + malformed.getMessage(), malformed);
        }
    }

    /** Reads the fields of the object at whose beginning the parser stands; anything but an object has none. */
    static void fields(JsonParser in, Field field) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            return;
        }
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            in.nextToken();
            field.read(name, in);
            in.skipChildren();
        }
    }

    interface Element {
        /** Reads the value at which the parser stands, or leaves it. */
        void read(JsonParser in) throws IOException;
    }

    /** Reads the elements of the list at whose beginning the parser stands; anything but a list has none. */
    static void elements(JsonParser in, Element element) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            return;
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            element.read(in);
            in.skipChildren();
        }
    }

    static void put(JsonGenerator out, String name, Object value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value.toString());
        }
    }

    static void put(JsonGenerator out, String name, boolean value) throws IOException {
        if (value) {
            out.writeBooleanField(name, true);
        }
    }

    /** Nothing is written for 0. */
    static void put(JsonGenerator out, String name, long value) throws IOException {
        if (value != 0) {
            out.writeNumberField(name, value);
        }
    }

    static void put(JsonGenerator out, String name, Mark mark) throws IOException {
        if (mark == null) {
            return;
        }
        out.writeObjectFieldStart(name);
        put(out, "at", mark.at());
        put(out, "boot", mark.boot());
        if (mark.sequence() != 0) {
            out.writeNumberField("sequence", mark.sequence());
        }
        out.writeEndObject();
    }

    static String text(JsonParser in) throws IOException {
        return in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : null;
    }

    static Instant instant(JsonParser in) throws IOException {
        String text = text(in);
        return text == null ? null : Instant.parse(text);
    }

    static Duration duration(JsonParser in) throws IOException {
        String text = text(in);
        return text == null ? null : Duration.parse(text);
    }

    static long number(JsonParser in) throws IOException {
        return in.currentToken() == JsonToken.VALUE_NUMBER_INT ? in.getLongValue() : 0;
    }

    static boolean truth(JsonParser in) {
        return in.currentToken() == JsonToken.VALUE_TRUE;
    }

    /** Null where no mark is written. */
    static Mark mark(JsonParser in) throws IOException {
        var parts = new Object() {
            Instant at;
            String boot;
            long sequence;
        };
        fields(in, (name, at) -> {
            switch (name) {
                case "at" -> parts.at = instant(at);
                case "boot" -> parts.boot = text(at);
                case "sequence" -> parts.sequence = number(at);
                default -> at.skipChildren();
            }
        });
        return parts.at == null ? null : new Mark(parts.at, parts.boot, parts.sequence);
    }
}
