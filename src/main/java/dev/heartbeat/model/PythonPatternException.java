package dev.heartbeat.model;

/** Which character of a regex makes it unusable, and what would be right in its place? */
public final class PythonPatternException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int position;

    PythonPatternException(String message, int position) {
        super(message + " (position " + position + ")");
        this.position = position;
    }

    /** Index of the character, from 0, counting a character outside the basic plane as one, as Python does. */
    public int position() {
        return position;
    }
}
