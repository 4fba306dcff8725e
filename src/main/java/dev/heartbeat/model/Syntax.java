package dev.heartbeat.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;

/** In which notation is a file written, and what does it say of a text that breaks its rules? */
abstract class Syntax {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final JsonFactory factory;

    Syntax(JsonFactory factory) {
        this.factory = factory;
    }

    /** What is to be done with a parser that stands before the first token? */
    interface Reading {
        Node of(JsonParser parser) throws IOException, Unreadable;
    }

    /** The notation that the name's extension tells, else the text's first character. */
    static Syntax of(String fileName, String text) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return YamlSyntax.YAML;
        }
        return name.endsWith(".json") || withoutMark(text).stripLeading().startsWith("{") ? JsonSyntax.JSON : YamlSyntax.YAML;
    }

    final Node read(String text, Reading reading) throws Unreadable {
        String bare = withoutMark(text);
        check(bare);
        // From an array, as locations are wrong near the edges of a reader's buffer.
        try (JsonParser parser = factory.createParser(bare.toCharArray())) {
            return reading.of(parser);
        } catch (JsonProcessingException e) {
            throw unreadable(e);
        } catch (IOException e) {
            throw new Unreadable(Place.START, "can not be read: " + Fault.plain(String.valueOf(e.getMessage())));
        }
    }

    /** What the parser would refuse without saying where. */
    void check(String text) throws Unreadable {
    }

    /** The parser's complaint in words for the author of the file. */
    abstract Unreadable unreadable(JsonProcessingException e);

    static Place place(JsonLocation location) {
        return location == null ? Place.START
                : new Place(null, "", Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    /** The text that these bytes are; null, with a fault, when they are not UTF-8. */
    static String text(byte[] bytes, Faults faults) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true);
        String decoded = text.flip().toString();
        if (result.isUnderflow()) {
            return decoded;
        }
        int line = (int) decoded.chars().filter(c -> c == '\n').count() + 1;
        faults.add(new Place(null, "", line, decoded.length() - decoded.lastIndexOf('\n')), null, "must be UTF-8");
        return null;
    }

    static String withoutMark(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
}
