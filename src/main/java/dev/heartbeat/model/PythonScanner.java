package dev.heartbeat.model;

/** What is the next character of the pattern, a backslash and what follows it counting as one? */
final class PythonScanner {
    static final String END = "";

    private final int[] pattern;
    private int after;
    private String next;

    PythonScanner(String pattern) {
        this.pattern = pattern.codePoints().toArray();
        advance();
    }

    /** The next token without taking it; {@link #END} when nothing is left. */
    String peek() {
        return next;
    }

    boolean atEnd() {
        return next.isEmpty();
    }

    String take() {
        var taken = next;
        advance();
        return taken;
    }

    boolean accept(String token) {
        if (!next.equals(token))
            return false;
        advance();
        return true;
    }

    /** At most {@code limit} of the given characters. */
    String takeWhile(String characters, int limit) {
        var taken = new StringBuilder();
        for (int i = 0; i < limit && isNextOf(characters); i++)
            taken.append(take());
        return taken.toString();
    }

    boolean isNextOf(String characters) {
        return !atEnd() && characters.contains(next);
    }

    /** A name and the character that ends it; only the name is returned. */
    String takeName(String terminator, String what) {
        int start = position();
        var name = new StringBuilder();
        while (!next.equals(terminator)) {
            if (atEnd())
                throw new PythonPatternException("missing '" + terminator + "' after the " + what, start);
            name.append(take());
        }
        if (name.isEmpty())
            throw new PythonPatternException("missing " + what + " before '" + terminator + "'", start);
        advance();
        return name.toString();
    }

    int position() {
        return after - next.codePointCount(0, next.length());
    }

    void back(int position) {
        after = position;
        advance();
    }

    private void advance() {
        if (after == pattern.length) {
            next = END;
            return;
        }
        int length = pattern[after] == '\\' ? 2 : 1;
        if (after + length > pattern.length)
            throw new PythonPatternException("nothing follows the last '\\'; write '\\\\' for a backslash", after);
        next = new String(pattern, after, length);
        after += length;
    }
}
