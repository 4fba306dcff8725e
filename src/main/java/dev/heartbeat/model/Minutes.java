package dev.heartbeat.model;

import java.time.Instant;
import java.util.Arrays;

/**
 * In which minutes was something so? Exact for the open hours, and counted per day (UTC) for those that are closed. A value;
 * marking is idempotent and independent of order. Minutes, hours and days are counted since 1970, UTC.
 */
public final class Minutes {
    public static final Minutes NONE = new Minutes(new int[0], new long[0], new int[0], new short[0]);
    static final int PER_HOUR = 60;
    static final int PER_DAY = 24 * PER_HOUR;
    static final int HOURS_PER_DAY = 24;
    private static final long WHOLE_HOUR = (1L << PER_HOUR) - 1;

    /** Ascending, as {@code days}; only those in which anything was so. Never changed once a value is made of them. */
    private final int[] hours;
    private final long[] bits;
    private final int[] days;
    private final short[] counts;

    private Minutes(int[] hours, long[] bits, int[] days, short[] counts) {
        this.hours = hours;
        this.bits = bits;
        this.days = days;
        this.counts = counts;
    }

    static long minute(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), PER_HOUR);
    }

    static long hour(Instant at) {
        return Math.floorDiv(minute(at), PER_HOUR);
    }

    static long day(Instant at) {
        return Math.floorDiv(minute(at), PER_DAY);
    }

    /** The minutes of an hour that are in that time, {@code to} not included: bit 0 is its first. */
    static long mask(long hour, long from, long to) {
        long first = hour * PER_HOUR;
        long begin = from <= first ? 0 : from - first;
        long end = to >= first + PER_HOUR ? PER_HOUR : to - first;
        return begin >= end ? 0 : -1L >>> Long.SIZE - (end - begin) << begin;
    }

    /** With these minutes as well, {@code to} not included; this itself when all were marked before. */
    Minutes mark(long from, long to) {
        Minutes marked = this;
        for (long hour = Math.floorDiv(from, PER_HOUR); hour * PER_HOUR < to; hour++) {
            marked = marked.with(hour, marked.bits(hour) | mask(hour, from, to));
        }
        return marked;
    }

    /** The minutes of an open hour: bit 0 is its first. */
    long bits(long hour) {
        int at = hours.length == 0 ? -1 : Arrays.binarySearch(hours, (int) hour);
        return at < 0 ? 0 : bits[at];
    }

    /** How many of that day were counted when their hours were closed. */
    int count(long day) {
        int at = days.length == 0 ? -1 : Arrays.binarySearch(days, (int) day);
        return at < 0 ? 0 : counts[at];
    }

    /** With exactly these minutes in that hour; this itself when they are the same. */
    Minutes with(long hour, long minutes) {
        long kept = minutes & WHOLE_HOUR;
        if (bits(hour) == kept) {
            return this;
        }
        Row row = Row.of(hours, hour, kept != 0);
        long[] changed = new long[row.keys.length];
        row.move(bits, changed);
        if (kept != 0) {
            changed[row.at] = kept;
        }
        return of(row.keys, changed, days, counts);
    }

    /** With so many more counted in that day, which may be fewer; this itself when that is no difference. */
    Minutes plus(long day, int more) {
        if (more == 0) {
            return this;
        }
        short count = (short) (count(day) + more);
        Row row = Row.of(days, day, count != 0);
        short[] changed = new short[row.keys.length];
        row.move(counts, changed);
        if (count != 0) {
            changed[row.at] = count;
        }
        return of(hours, bits, row.keys, changed);
    }

    /** Without the hours and the days before these; this itself when there are none. */
    Minutes since(long hour, long day) {
        int goneHours = before(hours, hour);
        int goneDays = before(days, day);
        return goneHours == 0 && goneDays == 0 ? this
                : of(tail(hours, goneHours), Arrays.copyOfRange(bits, goneHours, bits.length), tail(days, goneDays),
                        Arrays.copyOfRange(counts, goneDays, counts.length));
    }

    /** Those in which anything was so, ascending; not to be changed. */
    int[] hours() {
        return hours;
    }

    /** Those of which something is counted, ascending; not to be changed. */
    int[] days() {
        return days;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Minutes that && Arrays.equals(hours, that.hours) && Arrays.equals(bits, that.bits)
                && Arrays.equals(days, that.days) && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return (Arrays.hashCode(hours) * 31 + Arrays.hashCode(bits)) * 31 + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("minutes");
        for (int i = 0; i < hours.length; i++) {
            text.append(' ').append(hours[i]).append(':').append(Long.toHexString(bits[i]));
        }
        for (int i = 0; i < days.length; i++) {
            text.append(' ').append(days[i]).append('=').append(counts[i]);
        }
        return text.toString();
    }

    private static Minutes of(int[] hours, long[] bits, int[] days, short[] counts) {
        return hours.length == 0 && days.length == 0 ? NONE : new Minutes(hours, bits, days, counts);
    }

    private static int before(int[] keys, long key) {
        int at = Arrays.binarySearch(keys, (int) key);
        return at < 0 ? -at - 1 : at;
    }

    private static int[] tail(int[] keys, int from) {
        return Arrays.copyOfRange(keys, from, keys.length);
    }

    /** Which keys are there once one of them has come, gone or stayed, and where is it? */
    private record Row(int[] keys, int at, int came) {
        static Row of(int[] keys, long key, boolean stays) {
            int at = before(keys, key);
            boolean was = at < keys.length && keys[at] == key;
            int came = was == stays ? 0 : stays ? 1 : -1;
            if (came == 0) {
                return new Row(keys, at, 0);
            }
            Row row = new Row(new int[keys.length + came], at, came);
            row.move(keys, row.keys);
            if (stays) {
                row.keys[at] = (int) key;
            }
            return row;
        }

        /** Copies what belongs to the other keys, from one array to another of the same kind. */
        void move(Object from, Object to) {
            int gone = came < 0 ? 1 : 0;
            System.arraycopy(from, 0, to, 0, at);
            System.arraycopy(from, at + gone, to, at + Math.max(came, 0), keys.length - at - Math.max(came, 0));
        }
    }
}
