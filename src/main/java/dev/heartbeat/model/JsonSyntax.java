package dev.heartbeat.model;

import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;

/** How is JSON read, and what is said where it breaks? */
final class JsonSyntax extends Syntax {
    static final Syntax JSON = new JsonSyntax();

    private static final int ENOUGH = 20_000_000;
    private static final String VALUE = "expected a value: \"text\", number, true, false, null, [ or {";
    /** What the parser's complaints begin or go on with, and the words for the author of a file. */
    private static final Map<String, String> HINTS = Map.of(
            "Unrecognized token", VALUE,
            ": expected a v", VALUE,
            "start field name", "expected a key in double quotes",
            "a colon to separate", "expected a colon between key and value",
            "comma to separate", "expected a comma, or the end of the list or mapping",
            "expected '}'", "expected }",
            "expected ']'", "expected ]",
            "comment?", "JSON has no comments",
            "Illegal unquoted", "a text ends in its line, and a line break in it is written \\n",
            "character escape", "a backslash in a text is written \\\\");

    private JsonSyntax() {
        super(factory());
    }

    private static JsonFactory factory() {
        // Python reads NaN and numbers of any length, so PH's files may have them under keys that nobody asks for.
        return JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNameLength(ENOUGH)
                        .maxNumberLength(ENOUGH)
                        .maxStringLength(ENOUGH)
                        .build())
                .build();
    }

    @Override
    Unreadable unreadable(JsonProcessingException e) {
        if (e instanceof JsonEOFException) {
            return new Unreadable(place(e.getLocation()), "must not end here: a closing }, ] or \" is missing");
        }
        String hint = HINTS.entrySet().stream()
                .filter(known -> e.getOriginalMessage().contains(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("look at the number, the comma or the bracket here");
        return new Unreadable(place(e.getLocation()), "must be valid JSON: " + hint);
    }
}
