package dev.heartbeat.transport;

import java.time.Instant;

/** What stands on a heartbeat that leaves? Metadata of an outgoing message. */
public record Envelope(String messageId, Instant at, String contentType) {
}
