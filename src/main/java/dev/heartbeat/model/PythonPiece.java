package dev.heartbeat.model;

import java.util.List;
import java.util.stream.Collectors;

/** What has a part of the pattern become in Java, and how many characters can it take? */
record PythonPiece(Shape shape, String java, long min, long max) {
    static final long UNLIMITED = Long.MAX_VALUE;

    /** An empty lookahead: always true, and counted by {@link StepBudget} where no character is read. */
    private static final String STEP = "(?=)";

    /** How may the part be used? */
    enum Shape {
        /** One character of a set: may be merged with other sets. */
        SET,
        /** Java repeats it as a whole. */
        UNIT,
        /** Needs a group around it before it is repeated. */
        RUN,
        /** A position: Python refuses to repeat it. */
        POSITION,
        /** Repeated already: Python refuses to repeat it again. */
        REPEAT
    }

    static PythonPiece set(String java) {
        return new PythonPiece(Shape.SET, java, 1, 1);
    }

    static PythonPiece position(String java) {
        return new PythonPiece(Shape.POSITION, java, 0, 0);
    }

    static PythonPiece unit(String java, long min, long max) {
        return new PythonPiece(Shape.UNIT, java, min, max);
    }

    static PythonPiece sequence(List<PythonPiece> pieces) {
        if (pieces.size() == 1)
            return pieces.get(0);
        return new PythonPiece(Shape.RUN, pieces.stream().map(PythonPiece::java).collect(Collectors.joining()),
                pieces.stream().mapToLong(PythonPiece::min).reduce(0, PythonPiece::plus),
                pieces.stream().mapToLong(PythonPiece::max).reduce(0, PythonPiece::plus));
    }

    /** Sets become one set, as in Python: Java would take a stack frame for each round of {@code (.|\n)*}. */
    static PythonPiece alternatives(List<PythonPiece> branches) {
        if (branches.size() == 1)
            return branches.get(0);
        if (branches.stream().allMatch(branch -> branch.shape == Shape.SET))
            return set(branches.stream().map(PythonPiece::java).collect(Collectors.joining("", "[", "]")));
        return unit(branches.stream().map(PythonPiece::counted).collect(Collectors.joining("|", "(?:", ")")),
                branches.stream().mapToLong(PythonPiece::min).min().orElseThrow(),
                branches.stream().mapToLong(PythonPiece::max).max().orElseThrow());
    }

    /** In a group of its own, where it can be repeated; a set stays one. */
    PythonPiece grouped() {
        return shape == Shape.SET || shape == Shape.UNIT ? this : unit("(?:" + java + ")", min, max);
    }

    String width() {
        return min + " to " + (max == UNLIMITED ? "any number of" : max) + " characters";
    }

    PythonPiece repeated(long from, long to, String suffix) {
        var body = min > 0 ? grouped().java : "(?:" + counted() + ")";
        var java = suffix.equals("+") ? "(?>" + body + quantifier(from, to) + ")" : body + quantifier(from, to) + suffix;
        return new PythonPiece(Shape.REPEAT, java, times(min, from), times(max, to));
    }

    /** Java runs the short forms faster than the braces. */
    private static String quantifier(long from, long to) {
        if (to == UNLIMITED)
            return from == 0 ? "*" : from == 1 ? "+" : "{" + from + ",}";
        return from == 0 && to == 1 ? "?" : "{" + from + "," + to + "}";
    }

    private String counted() {
        return min > 0 ? java : STEP + java;
    }

    private static long plus(long one, long other) {
        return one > UNLIMITED - other ? UNLIMITED : one + other;
    }

    private static long times(long width, long count) {
        if (width == 0 || count == 0)
            return 0;
        return width > UNLIMITED / count ? UNLIMITED : width * count;
    }
}
