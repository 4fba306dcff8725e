package dev.heartbeat.model;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Would Python 3.11's {@code re.search} find this pattern in a text? */
public final class PythonPattern {
    /**
     * Enough for an ordinary pattern over a body of 1 MiB (measured: up to 22 million steps), and spent by a catastrophic
     * one in well under a second (measured: 0.2 to 0.8 s); ADR 0003 has the figures.
     */
    public static final long DEFAULT_BUDGET = 50_000_000;

    private final String python;
    private final Pattern java;
    private final List<String> warnings;

    static {
        // A class whose first use overflows the stack is lost to the whole process: load the tables of each plane now.
        for (int plane = 0; plane <= 16; plane++)
            Character.getType(plane << 16 | 0x100);
        Character.getType('a');
    }

    private PythonPattern(String python, Pattern java, List<String> warnings) {
        this.python = python;
        this.java = java;
        this.warnings = warnings;
    }

    public static PythonPattern compile(String pythonRegex) {
        try {
            var syntax = PythonSyntax.read(pythonRegex);
            return new PythonPattern(pythonRegex, Pattern.compile(syntax.java(), Pattern.UNIX_LINES), syntax.warnings());
        } catch (StackOverflowError e) {
            throw new PythonPatternException("nested too deeply; use fewer groups within groups", 0);
        } catch (PatternSyntaxException e) {
            throw new PythonPatternException("valid in Python, but beyond Java's engine: " + e.getDescription(), 0);
        }
    }

    /** What Python 3.11 refuses and we accept, so that the pattern would stop the programs this one replaces. */
    public List<String> warnings() {
        return warnings;
    }

    /** Searches with the default budget. */
    public Match search(CharSequence text) {
        return search(text, DEFAULT_BUDGET);
    }

    /** Looks for the pattern anywhere in the text; a second search of the same text takes the same steps. */
    public Match search(CharSequence text, long budget) {
        try {
            // Transparent bounds make a lookahead ask for the length, which StepBudget counts.
            var matcher = java.matcher(new StepBudget(text, budget)).useTransparentBounds(true);
            return matcher.find() ? Match.FOUND : Match.NOT_FOUND;
        } catch (StepBudget.Spent | StackOverflowError e) {
            return Match.TOO_COSTLY;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PythonPattern pattern && python.equals(pattern.python);
    }

    @Override
    public int hashCode() {
        return python.hashCode();
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return python;
    }

    /** What did the search say? */
    public enum Match {
        /** The expectation holds. */
        FOUND,
        /** The whole text was searched: the expectation does not hold. */
        NOT_FOUND,
        /** Nothing is known about the text; the pattern has to be changed. */
        TOO_COSTLY
    }
}
