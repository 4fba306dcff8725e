package dev.heartbeat.transport;

/** Why did a message not leave? There was no link to leave by; it may be sent again once the link is up. */
public class LinkDownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LinkDownException(String reason) {
        super(reason);
    }
}
