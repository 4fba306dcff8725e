package dev.heartbeat.model;

import java.time.Instant;
import java.util.Objects;

/**
 * What was observed once, as the history keeps it?
 *
 * @param received when we heard of it, on our clock
 * @param position where it stands in the transport's log; null where the transport has none
 */
public record HistoryRow(String source, Observation observation, Instant received, Position position) {
    public HistoryRow {
        Objects.requireNonNull(source);
        Objects.requireNonNull(observation);
        Objects.requireNonNull(received);
    }
}
