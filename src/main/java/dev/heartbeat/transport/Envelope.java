package dev.heartbeat.transport;

import java.time.Instant;
import java.util.List;

/**
 * What stands on a heartbeat that leaves? Metadata of an outgoing message.
 *
 * @param records the same heartbeat as records of a log; empty where the transport carries it whole
 * @param trace of which its leaving is a part
 */
public record Envelope(String messageId, Instant at, String contentType, List<LogRecord> records, TraceSpan trace) {
    public Envelope {
        records = List.copyOf(records);
    }

    public Envelope(String messageId, Instant at, String contentType, List<LogRecord> records) {
        this(messageId, at, contentType, records, TraceSpan.NONE);
    }

    public Envelope(String messageId, Instant at, String contentType) {
        this(messageId, at, contentType, List.of());
    }
}
