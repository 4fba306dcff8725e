package dev.heartbeat.transport;

import java.time.Instant;
import java.util.List;

/**
 * What stands on a heartbeat that leaves? Metadata of an outgoing message.
 *
 * @param records the same heartbeat as records of a log; empty where the transport carries it whole
 */
public record Envelope(String messageId, Instant at, String contentType, List<LogRecord> records) {
    public Envelope {
        records = List.copyOf(records);
    }

    public Envelope(String messageId, Instant at, String contentType) {
        this(messageId, at, contentType, List.of());
    }
}
