package dev.heartbeat.model;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * What does a health answer say of one check? Its status, and data: beside it (oarepo-heartbeat), in {@code data} (MicroProfile
 * Health), in {@code details} or {@code components} (Spring).
 */
final class HealthWord {
    private static final List<String> TELLING = List.of("error", "message", "reason", "detail", "exception", "cause");
    private static final int MOST_DATA = 16;
    private static final int DEEPEST = 4;
    /** More than anybody is shown: what must not be said is taken out of it before it is cut to that. */
    private static final int LONGEST = 2_000;

    private final Map<String, String> data = new LinkedHashMap<>();
    private String name;
    private String status;

    private HealthWord() {
    }

    /** Reads the value at hand, whatever it is. */
    static HealthWord read(JsonParser json) throws IOException {
        HealthWord word = new HealthWord();
        if (json.currentToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                word.field(json.currentName(), json);
            }
        } else {
            json.skipChildren();
        }
        return word;
    }

    private void field(String key, JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        if (key.equals("status") && token.isScalarValue()) {
            status = token == JsonToken.VALUE_NULL ? status : text(json);
        } else {
            name = key.equals("name") && token == JsonToken.VALUE_STRING ? json.getText() : name;
            data(key, json, 1);
        }
    }

    /** Values only, wherever they stand: who nests them names them by the last key. */
    private void data(String key, JsonParser json, int depth) throws IOException {
        if (json.currentToken().isScalarValue()) {
            boolean isOfPart = key.equals("status") && depth > 2;
            if (data.size() < MOST_DATA && json.currentToken() != JsonToken.VALUE_NULL && !isOfPart) {
                data.putIfAbsent(key, text(json));
            }
        } else if (json.currentToken() == JsonToken.START_OBJECT && depth < DEEPEST) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String inner = json.currentName();
                json.nextToken();
                data(inner, json, depth + 1);
            }
        } else {
            json.skipChildren();
        }
    }

    private static String text(JsonParser json) throws IOException {
        String text = json.getText();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** What it calls itself; null where it does not. */
    String name() {
        return name;
    }

    Outcome outcome() {
        return status == null ? Outcome.unknown(Reason.MISMATCH, "the answer gives no status for it")
                : outcome(status, detail());
    }

    /** What a status means: {@code true} and {@code UP} are up, {@code UNKNOWN} is nobody's word, everything else is down. */
    static Outcome outcome(String status, String detail) {
        return switch (status.strip().toUpperCase(Locale.ROOT)) {
            case "UP", "TRUE" -> Outcome.UP;
            case "DOWN", "FALSE" -> Outcome.down(Reason.UNHEALTHY, detail == null ? "it says so, and not why" : detail);
            case "UNKNOWN" -> Outcome.unknown(Reason.UNHEALTHY, said(status, detail));
            default -> Outcome.down(Reason.UNHEALTHY, said(status, detail));
        };
    }

    private static String said(String status, String detail) {
        return line("it says " + status.strip() + (detail == null ? "" : ": " + detail));
    }

    /** What went wrong where the data has a word for that, else all that it has; null where it has none. */
    private String detail() {
        Map<String, String> rest = new LinkedHashMap<>(data);
        if (name != null) {
            rest.remove("name", name);
        }
        String telling = TELLING.stream().filter(key -> !rest.getOrDefault(key, "").isBlank()).map(rest::get).distinct()
                .collect(Collectors.joining("; "));
        String all = rest.entrySet().stream().map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
        String words = telling.isEmpty() ? all : telling;
        return words.isBlank() ? null : line(words);
    }

    /** One line of bounded length. */
    static String line(String words) {
        String line = Fault.printable(words.replaceAll("\\s+", " ").strip());
        return line.length() <= LONGEST ? line : Fault.printable(line.substring(0, LONGEST - 1)) + "…";
    }
}
