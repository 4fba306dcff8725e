package dev.heartbeat.publish;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.heartbeat.transport.LogRecord;
import dev.heartbeat.transport.TraceSpan;

/**
 * What waits to be sent, in the form in which it leaves?
 *
 * @param body empty where it leaves as records
 * @param records empty where it leaves as one message
 * @param trace of the round that it tells of
 * @param topics where its records go; the one that all go to has no name
 */
record Waiting(String id, Instant at, byte[] body, List<LogRecord> records, TraceSpan trace, Set<String> topics) {
    Waiting(String id, Instant at, byte[] body, List<LogRecord> records, TraceSpan trace) {
        this(id, at, body, records, trace, records.stream().map(record -> Objects.toString(record.topic(), ""))
                .collect(Collectors.toUnmodifiableSet()));
    }

    Waiting(String id, Instant at, byte[] body, List<LogRecord> records) {
        this(id, at, body, records, TraceSpan.NONE);
    }

    Waiting(String id, Instant at, byte[] body) {
        this(id, at, body, List.of());
    }

    /** How much memory it takes, about. */
    long bytes() {
        return body.length + records.stream().mapToLong(record -> record.value().length + record.key().length()).sum();
    }
}
