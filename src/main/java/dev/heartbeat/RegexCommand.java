package dev.heartbeat;

import java.io.PrintStream;
import java.util.List;

import dev.heartbeat.model.Printable;
import dev.heartbeat.model.PythonFound;
import dev.heartbeat.model.PythonFound.Part;
import dev.heartbeat.model.PythonPattern;
import dev.heartbeat.model.PythonPattern.Match;
import dev.heartbeat.model.PythonPatternException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** How will a regular expression of a targets file be read, and what does it say of a text? */
record RegexCommand() implements OneShot {
    private static final int NO_MATCH = 1;
    private static final int REFUSED = 2;
    private static final String LINE = "%-10s %s%n";

    @Override
    public CommandSpec spec() {
        CommandSpec regex = CommandSpec.create().name("regex");
        for (String part : List.of("PATTERN", "TEXT")) {
            regex.addPositional(
                    PositionalParamSpec.builder().paramLabel(part).arity("1").required(true).type(String.class).build());
        }
        // A pattern may begin with a dash.
        regex.parser().unmatchedOptionsArePositionalParams(true);
        regex.usageMessage().description("Tells how PATTERN is read, as Python's re.search, and what it finds in TEXT.",
                "Exit code: 0 for a match, 1 for none, 2 for a pattern that is refused or too costly.");
        return regex;
    }

    @Override
    public int run(ParseResult parsed, Terminal terminal) {
        String python = parsed.matchedPositionalValue(0, "");
        try {
            return tell(PythonPattern.compile(python), parsed.matchedPositionalValue(1, ""), terminal.out());
        } catch (PythonPatternException e) {
            terminal.err().println("refused: " + e.getMessage());
            terminal.err().println("  " + Printable.text(python));
            terminal.err().println("  " + " ".repeat(column(python, e.position())) + "^");
            return REFUSED;
        }
    }

    /** Where the character of that index stands once the pattern is printable. */
    private static int column(String python, int position) {
        int end = python.offsetByCodePoints(0, Math.min(position, python.codePointCount(0, python.length())));
        String before = Printable.text(python.substring(0, end));
        return before.codePointCount(0, before.length());
    }

    private static int tell(PythonPattern pattern, String text, PrintStream out) {
        PythonFound found = pattern.find(text);
        out.printf(LINE, "match", match(found));
        for (int number = 1; number < found.parts().size(); number++) {
            Part part = found.parts().get(number);
            String name = part.name().isEmpty() ? "" : " (" + part.name() + ")";
            out.printf(LINE, "group " + number + name, part.text() == null ? "took no part" : place(part));
        }
        out.printf(LINE, "cost", found.steps() + " of " + PythonPattern.DEFAULT_BUDGET + " steps");
        out.printf(LINE, "java", Printable.text(pattern.java()) + "  with UNIX_LINES");
        pattern.differences().forEach(difference -> out.printf(LINE, "differs", difference.words()));
        alone(pattern.searchAsJava(text), found.match(), out);
        pattern.warnings().forEach(warning -> out.printf(LINE, "warning", warning));
        return switch (found.match()) {
            case FOUND -> 0;
            case NOT_FOUND -> NO_MATCH;
            case TOO_COSTLY -> REFUSED;
        };
    }

    private static String match(PythonFound found) {
        return switch (found.match()) {
            case FOUND -> "yes, " + place(found.parts().get(0));
            case NOT_FOUND -> "no";
            case TOO_COSTLY -> "too costly: the search was given up, and a target would be unknown (TOO_COSTLY); simplify it";
        };
    }

    private static String place(Part part) {
        return "characters " + part.from() + " to " + part.to() + ": \"" + Printable.text(part.text()) + '"';
    }

    /** Only where it is not the same: what agrees by chance would look like a promise. */
    private static void alone(Match java, Match ours, PrintStream out) {
        if (java == null) {
            out.printf(LINE, "java alone", "would refuse the pattern as it is");
        } else if (java != ours) {
            out.printf(LINE, "java alone", switch (java) {
                case FOUND -> "would say that it matches";
                case NOT_FOUND -> "would say that it does not match";
                case TOO_COSTLY -> "would not come to an end";
            });
        }
    }
}
