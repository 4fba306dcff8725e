package dev.heartbeat.model;

/** How is one observation said as a record of a log? */
public final class RecordWriter {
    private RecordWriter() {
    }

    /** The record's value, of a heartbeat with one observation. */
    public static byte[] write(RecordLayout layout, Heartbeat oneObservation) {
        return HeartbeatWriter.write(oneObservation);
    }
}
