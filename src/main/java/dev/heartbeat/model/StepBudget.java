package dev.heartbeat.model;

/** How many more steps may a search take on this text before it costs too much? */
final class StepBudget implements CharSequence {
    private final CharSequence text;
    private long left;

    StepBudget(CharSequence text, long steps) {
        this.text = text;
        this.left = steps;
    }

    /** Java looks beyond the end when it repeats a pair of surrogates regardless of case; nothing there is equal to it. */
    @Override
    public char charAt(int index) {
        step();
        return index < text.length() ? text.charAt(index) : 0;
    }

    /** A step too: the empty lookahead that {@link PythonPiece} writes asks for the length and reads no character. */
    @Override
    public int length() {
        step();
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** What was not spent. */
    long left() {
        return Math.max(0, left);
    }

    private void step() {
        if (--left < 0)
            throw Spent.INSTANCE;
    }

    /** Has the search been given up? Allocated once, because it may be thrown thousands of frames deep. */
    static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1;
        static final Spent INSTANCE = new Spent();

        private Spent() {
            super("step budget spent", null, false, false);
        }
    }
}
