package dev.heartbeat.receive;

/** What did the state machine itself throw? Not to be mistaken for a store that is away. */
final class CannotFoldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotFoldException(RuntimeException cause) {
        super("the state machine failed: " + cause, cause);
    }
}
