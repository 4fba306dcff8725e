package dev.heartbeat.model;

/**
 * In which minutes was something so? Exact for the open hours, and counted per day (UTC) for those that are closed. A value;
 * marking is idempotent and independent of order.
 */
public final class Minutes {
    public static final Minutes NONE = new Minutes();

    private Minutes() {
    }
}
