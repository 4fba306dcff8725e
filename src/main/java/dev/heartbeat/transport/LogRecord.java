package dev.heartbeat.transport;

import java.util.Objects;

/**
 * What leaves as one record of a log?
 *
 * @param topic null for the one that all go to
 * @param key the target's address: what is said of one target stays in order
 */
public record LogRecord(String topic, String key, byte[] value) {
    public LogRecord {
        Objects.requireNonNull(key);
        Objects.requireNonNull(value);
    }
}
