package dev.heartbeat.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What does the reader of patterns say of a wrong one? Its words are the subject of its own tests. */
final class Complaints {
    private static final Pattern PLACEHOLDER = Pattern.compile("<(.+?)>$");

    private Complaints() {
    }

    /** The text with {@code <pattern>} at its end replaced by what is said of that pattern. */
    static String in(String text) {
        return PLACEHOLDER.matcher(text).replaceFirst(wrong -> Matcher.quoteReplacement(of(wrong.group(1))));
    }

    private static String of(String wrong) {
        try {
            throw new AssertionError("accepted: " + PythonPattern.compile(wrong));
        } catch (PythonPatternException e) {
            return e.getMessage() + " at character " + (e.position() + 1);
        }
    }
}
