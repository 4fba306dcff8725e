package dev.heartbeat.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.heartbeat.model.Histogram;
import dev.heartbeat.model.LatencyHour;

/**
 * How do all counts of one target fit into one array? One after the other: when its hour began (seconds since 1970, 4 bytes),
 * what tells it from others of its hour (4), the length of its text (2), its text.
 */
final class LatencyRow {
    static final byte[] EMPTY = {};
    private static final int HEAD = Integer.BYTES + Integer.BYTES + Short.BYTES;

    private LatencyRow() {
    }

    /** The row with that count, in the place of what it said before. */
    static byte[] with(byte[] row, Instant hour, String count, Histogram histogram) {
        byte[] text = histogram.toString().getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer next = ByteBuffer.allocate(row.length + HEAD + text.length);
        int begins = (int) hour.getEpochSecond();
        for (int at = 0; at < row.length; at = end(row, at)) {
            ByteBuffer old = ByteBuffer.wrap(row);
            if (old.getInt(at) != begins || old.getInt(at + Integer.BYTES) != count.hashCode()) {
                next.put(row, at, end(row, at) - at);
            }
        }
        next.putInt(begins).putInt(count.hashCode()).putShort((short) text.length).put(text);
        return Arrays.copyOf(next.array(), next.position());
    }

    /** The row without what began before. */
    static byte[] from(byte[] row, Instant first) {
        ByteBuffer rest = ByteBuffer.allocate(row.length);
        for (int at = 0; at < row.length; at = end(row, at)) {
            if (hour(row, at).compareTo(first) >= 0) {
                rest.put(row, at, end(row, at) - at);
            }
        }
        return rest.position() == row.length ? row : Arrays.copyOf(rest.array(), rest.position());
    }

    /** What it says of that hour and later ones, count by count. */
    static List<LatencyHour> hours(byte[] row, Instant first) {
        List<LatencyHour> hours = new ArrayList<>();
        for (int at = 0; at < row.length; at = end(row, at)) {
            if (hour(row, at).compareTo(first) >= 0) {
                String text = new String(row, at + HEAD, end(row, at) - at - HEAD, StandardCharsets.ISO_8859_1);
                hours.add(new LatencyHour(hour(row, at), Histogram.parse(text)));
            }
        }
        return hours;
    }

    private static Instant hour(byte[] row, int at) {
        return Instant.ofEpochSecond(Integer.toUnsignedLong(ByteBuffer.wrap(row).getInt(at)));
    }

    private static int end(byte[] row, int at) {
        return at + HEAD + Short.toUnsignedInt(ByteBuffer.wrap(row).getShort(at + HEAD - Short.BYTES));
    }
}
