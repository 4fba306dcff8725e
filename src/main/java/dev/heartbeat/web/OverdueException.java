package dev.heartbeat.web;

/** Who did not answer in time? Expected, so without a stack. */
final class OverdueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OverdueException(String words) {
        super(words, null, false, false);
    }
}
