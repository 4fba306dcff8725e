package dev.heartbeat.store;

/** How many observations of a target were there in a time, by what they said of it? */
public record HistoryCount(long up, long down, long unknown) {
    /** The share of up among up and down, 0 to 1; null when there was neither. */
    public Double uptime() {
        return up + down == 0 ? null : (Double) ((double) up / (up + down));
    }
}
