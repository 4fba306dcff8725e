package dev.heartbeat.model;

/**
 * Why is a message not a heartbeat? The text is a single line for a person, and quotes nothing of the message but names of
 * keys.
 */
public final class NotAHeartbeatException extends Exception {
    private static final long serialVersionUID = 1L;

    public NotAHeartbeatException(String message) {
        super(message, null, false, false);
    }
}
