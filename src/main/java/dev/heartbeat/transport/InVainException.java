package dev.heartbeat.transport;

/** Why would a message fail as often as it is sent, until somebody mends what it goes to? Others need not wait for it. */
public class InVainException extends UndeliveredException {
    private static final long serialVersionUID = 1L;

    public InVainException(String reason) {
        super(reason);
    }
}
