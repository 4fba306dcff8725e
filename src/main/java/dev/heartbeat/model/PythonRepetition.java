package dev.heartbeat.model;

import java.util.List;

/** How often does the part before a quantifier occur? */
record PythonRepetition(String written, long from, long to) {

    /** Null where the token is no quantifier: a brace that begins none is a character. */
    static PythonRepetition read(String token, PythonScanner scanner, int start) {
        return switch (token) {
            case "?" -> new PythonRepetition(token, 0, 1);
            case "*" -> new PythonRepetition(token, 0, PythonPiece.UNLIMITED);
            case "+" -> new PythonRepetition(token, 1, PythonPiece.UNLIMITED);
            case "{" -> braces(scanner, start);
            default -> null;
        };
    }

    private static PythonRepetition braces(PythonScanner scanner, int start) {
        if (scanner.peek().equals("}"))
            return null;
        var low = scanner.takeWhile(PythonEscape.DIGITS, Integer.MAX_VALUE);
        boolean range = scanner.accept(",");
        var high = range ? scanner.takeWhile(PythonEscape.DIGITS, Integer.MAX_VALUE) : low;
        if (!scanner.accept("}")) {
            scanner.back(start + 1);
            return null;
        }
        long from = low.isEmpty() ? 0 : count(low, start);
        long to = high.isEmpty() ? PythonPiece.UNLIMITED : count(high, start);
        if (to < from)
            throw new PythonPatternException("the smaller count comes first: {" + high + "," + low + "}", start + 1);
        return new PythonRepetition("{" + low + (range ? "," + high : "") + "}", from, to);
    }

    private static long count(String digits, int start) {
        if (digits.length() > 10 || Long.parseLong(digits) > Integer.MAX_VALUE)
            throw new PythonPatternException("the largest count is " + Integer.MAX_VALUE, start);
        return Long.parseLong(digits);
    }

    /** Replaces the last piece by its repetition. */
    void applyTo(List<PythonPiece> pieces, PythonScanner scanner, int start) {
        if (pieces.isEmpty() || pieces.get(pieces.size() - 1).shape() == PythonPiece.Shape.POSITION)
            throw new PythonPatternException("nothing to repeat before '" + written + "'; write '\\" + written
                    + "' for the character", start);
        var last = pieces.remove(pieces.size() - 1);
        if (last.shape() == PythonPiece.Shape.REPEAT)
            throw new PythonPatternException("'" + written + "' repeats what is repeated already; group that as (?:...)",
                    start);
        var suffix = scanner.accept("?") ? "?" : scanner.accept("+") ? "+" : "";
        pieces.add(last.repeated(from, to, suffix));
    }
}
