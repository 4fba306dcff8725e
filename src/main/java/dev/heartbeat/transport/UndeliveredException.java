package dev.heartbeat.transport;

/**
 * Why did a message not arrive although the link is up? No queue took it, the broker refused it, or no confirm came in time.
 */
public class UndeliveredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UndeliveredException(String reason) {
        super(reason);
    }
}
