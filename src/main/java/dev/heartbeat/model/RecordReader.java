package dev.heartbeat.model;

import java.time.Instant;

/** stub */
public final class RecordReader {
    private RecordReader() {
    }

    public static Heartbeat read(byte[] body, String topic, Instant received) throws NotAHeartbeatException {
        return HeartbeatReader.read(body, received);
    }
}
