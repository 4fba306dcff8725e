package dev.heartbeat.model;

/** Why can no tree be read from a text? Ends the reading; never leaves {@link TreeReader}. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Place at;

    Unreadable(Place at, String message) {
        super(message, null, false, false);
        this.at = at;
    }

    Place at() {
        return at;
    }
}
