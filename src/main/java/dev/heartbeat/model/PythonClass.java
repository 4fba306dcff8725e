package dev.heartbeat.model;

import java.util.Set;
import java.util.function.Consumer;

/** Which characters does a class in brackets hold? */
final class PythonClass {
    private final PythonScanner scanner;
    private final PythonEscape escape;
    private final Consumer<PythonDifference> differences;

    PythonClass(PythonScanner scanner, PythonEscape escape, Consumer<PythonDifference> differences) {
        this.scanner = scanner;
        this.escape = escape;
        this.differences = differences;
    }

    /** Reads what follows "[" up to and including "]"; a "]" in the first place is a character. */
    PythonPiece read(Set<PythonFlag> flags, int start) {
        boolean negated = scanner.accept("^");
        var set = new PythonSet();
        do {
            readItem(set, flags, start);
        } while (!scanner.accept("]"));
        return set.piece(negated, flags);
    }

    private void readItem(PythonSet set, Set<PythonFlag> flags, int start) {
        int position = scanner.position();
        var from = character(flags, start);
        if (!scanner.accept("-")) {
            set.addAll(from);
            return;
        }
        if (scanner.peek().equals("]")) {
            set.addAll(from);
            set.add('-', '-');
            return;
        }
        var to = character(flags, start);
        if (from.single() < 0 || to.single() < from.single())
            throw new PythonPatternException("bad range; write the lower character first, and '\\-' for the character '-'",
                    position);
        set.add(from.single(), to.single());
    }

    private PythonSet character(Set<PythonFlag> flags, int start) {
        if (scanner.atEnd())
            throw new PythonPatternException("this '[' is never closed; add ']', or write '\\[' for the character", start);
        var token = scanner.take();
        if (token.equals("["))
            differences.accept(PythonDifference.BRACKET);
        if (token.equals("&") && scanner.peek().equals("&"))
            differences.accept(PythonDifference.AMPERSANDS);
        return token.startsWith("\\") ? escape.set(token, flags) : PythonSet.of(token.codePointAt(0));
    }
}
