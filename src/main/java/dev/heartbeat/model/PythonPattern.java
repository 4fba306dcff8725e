package dev.heartbeat.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
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
    private final PythonSyntax.Translation translation;

    static {
        // A class whose first use overflows the stack is lost to the whole process: load the tables of each plane now.
        for (int plane = 0; plane <= 16; plane++)
            Character.getType(plane << 16 | 0x100);
        Character.getType('a');
    }

    private PythonPattern(String python, Pattern java, PythonSyntax.Translation translation) {
        this.python = python;
        this.java = java;
        this.translation = translation;
    }

    public static PythonPattern compile(String pythonRegex) {
        try {
            var syntax = PythonSyntax.read(pythonRegex);
            return new PythonPattern(pythonRegex, Pattern.compile(syntax.java(), Pattern.UNIX_LINES), syntax);
        } catch (StackOverflowError e) {
            throw new PythonPatternException("nested too deeply; use fewer groups within groups", 0);
        } catch (PatternSyntaxException e) {
            throw new PythonPatternException("valid in Python, but beyond Java's engine: " + e.getDescription(), 0);
        }
    }

    /** What Python 3.11 refuses and we accept, so that the pattern would stop the programs this one replaces. */
    public List<String> warnings() {
        return translation.warnings();
    }

    /** What Java would read in another way, were it given the pattern as it is. */
    public List<PythonDifference> differences() {
        return List.copyOf(translation.differences());
    }

    /** What Java is given instead, with its flag UNIX_LINES. */
    public String java() {
        return java.pattern();
    }

    /** Searches with the default budget. */
    public Match search(CharSequence text) {
        return search(text, DEFAULT_BUDGET);
    }

    /** Looks for the pattern anywhere in the text; a second search of the same text takes the same steps. */
    public Match search(CharSequence text, long budget) {
        return search(java, new StepBudget(text, budget)).match();
    }

    /** As {@link #search(CharSequence)}, with where it was found and what that cost. */
    public PythonFound find(String text) {
        var budget = new StepBudget(text, DEFAULT_BUDGET);
        var searched = search(java, budget);
        var parts = new ArrayList<PythonFound.Part>();
        if (searched.match() == Match.FOUND) {
            var matcher = searched.matcher();
            parts.add(PythonFound.Part.of("", text, matcher.start(), matcher.end()));
            translation.groups().forEach(group -> parts.add(PythonFound.Part.of(group.name(), text,
                    matcher.start(group.java()), matcher.end(group.java()))));
        }
        return new PythonFound(searched.match(), parts, DEFAULT_BUDGET - budget.left());
    }

    /** What Java would say of the same text, were it given the pattern as it is; null where it refuses the pattern. */
    public Match searchAsJava(String text) {
        try {
            return search(Pattern.compile(python), new StepBudget(text, DEFAULT_BUDGET)).match();
        } catch (PatternSyntaxException | StackOverflowError e) {
            return null;
        }
    }

    /** The end of a search, and where it stands then. */
    private record Searched(Match match, Matcher matcher) {
    }

    private static Searched search(Pattern pattern, StepBudget text) {
        // Transparent bounds make a lookahead ask for the length, which StepBudget counts.
        var matcher = pattern.matcher(text).useTransparentBounds(true);
        try {
            return new Searched(matcher.find() ? Match.FOUND : Match.NOT_FOUND, matcher);
        } catch (StepBudget.Spent | StackOverflowError e) {
            return new Searched(Match.TOO_COSTLY, matcher);
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
