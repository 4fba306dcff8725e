package dev.heartbeat.probe;

/** Which room of our own was lacking, so that the target could not be asked? */
final class NoRoomException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoRoomException(String message) {
        super(message, null, false, false);
    }
}
