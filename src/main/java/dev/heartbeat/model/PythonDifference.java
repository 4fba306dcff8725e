package dev.heartbeat.model;

import java.util.EnumSet;
import java.util.Set;

/** Where would Java, left to itself, read a pattern in another way than Python does? */
public enum PythonDifference {
    /** Silently another result. */
    CATEGORIES("\\w, \\d and \\s take characters of all scripts; Java's own take ASCII only"),
    /** Silently another result. */
    BOUNDARY("\\b and \\B go by word characters of all scripts; Java's own go by other rules"),
    /** Silently another result. */
    CASE("case does not count in any script; Java's own (?i) knows ASCII only"),
    /** Silently another result. */
    DOT(". stops at a line feed only; Java's own also at \\r, U+0085, U+2028 and U+2029"),
    /** Silently another result. */
    DOLLAR("$ stands at the end and before a last line feed; Java's own also before \\r, U+0085, U+2028 and U+2029"),
    /** Silently another result. */
    LINES("^ stands after every line feed; Java's own not after the last"),
    /** Silently another result. */
    END("\\Z is the very end; Java's own \\Z also stands before a last line feed"),
    /** Silently another result. */
    AMPERSANDS("&& in brackets are characters; Java's own is an intersection"),
    /** Refused by Java. */
    BRACKET("[ in brackets is a character; Java's own opens a set within the set"),
    /** Refused by Java. */
    NAME("(?P<name>...) and (?P=name) are Python's; Java knows (?<name>...) and \\k<name>"),
    /** Refused by Java. */
    COUNT("{,n} counts from 0; Java refuses it"),
    /** Refused by Java. */
    COMMENT("(?#...) is a comment; Java refuses it"),
    /** Refused by Java. */
    CONDITION("(?(1)...|...) asks whether a group took part; Java has no conditions");

    private final String words;

    PythonDifference(String words) {
        this.words = words;
    }

    /** As it is read, and how Java would. */
    public String words() {
        return words;
    }

    /** What is different of one character or escape outside of brackets, by the flags that hold there. */
    static Set<PythonDifference> of(String token, Set<PythonFlag> flags) {
        var differences = EnumSet.noneOf(PythonDifference.class);
        if (flags.contains(PythonFlag.IGNORE_CASE) && !flags.contains(PythonFlag.ASCII))
            differences.add(CASE);
        switch (token) {
            case "." -> addUnless(flags.contains(PythonFlag.DOT_ALL), DOT, differences);
            case "$" -> differences.add(DOLLAR);
            case "^" -> addUnless(!flags.contains(PythonFlag.MULTILINE), LINES, differences);
            case "\\Z" -> differences.add(END);
            case "\\b", "\\B" -> addUnless(flags.contains(PythonFlag.ASCII), BOUNDARY, differences);
            default -> {
                // Read alike.
            }
        }
        return differences;
    }

    private static void addUnless(boolean alike, PythonDifference difference, Set<PythonDifference> to) {
        if (!alike)
            to.add(difference);
    }
}
