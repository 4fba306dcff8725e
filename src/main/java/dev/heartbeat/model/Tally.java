package dev.heartbeat.model;

import java.time.Duration;
import java.util.Arrays;

/**
 * What was counted so far? Grows into a {@link Histogram}; as small as can be, for there is one per target: about 100 bytes.
 * Used by one thread at a time.
 */
public final class Tally {
    private static final int ROOM = 2;
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    /** As in {@link Histogram}; the unused ones at the end are 0. */
    private long[] cells = new long[ROOM];
    private long sum;
    private int min = Buckets.LONGEST;
    private int max;
    private boolean changed;

    /** Counts one duration, to the microsecond; a negative one as none, and one above ten minutes as ten minutes. */
    public void add(Duration duration) {
        int micros = micros(duration);
        count(Buckets.of(micros));
        sum += micros;
        min = Math.min(min, micros);
        max = Math.max(max, micros);
        changed = true;
    }

    /** What was counted since it began, where something has been since this was last asked; null where nothing has. */
    public Histogram news() {
        if (!changed) {
            return null;
        }
        changed = false;
        int used = 0;
        while (used < cells.length && cells[used] != 0) {
            used++;
        }
        return new Histogram(Arrays.copyOf(cells, used), min, max, sum);
    }

    /** Whoever asked for the news has lost them: they are news again. */
    public void forget() {
        changed = cells[0] != 0;
    }

    public boolean hasNews() {
        return changed;
    }

    private void count(int bucket) {
        int place = 0;
        while (place < cells.length && cells[place] != 0 && Histogram.bucket(cells[place]) < bucket) {
            place++;
        }
        if (place == cells.length || cells[place] == 0 || Histogram.bucket(cells[place]) != bucket) {
            open(place, bucket);
        }
        cells[place]++;
    }

    private void open(int place, int bucket) {
        if (cells[cells.length - 1] != 0) {
            cells = Arrays.copyOf(cells, cells.length + ROOM);
        }
        System.arraycopy(cells, place, cells, place + 1, cells.length - place - 1);
        cells[place] = Histogram.cell(bucket, 0);
    }

    private static int micros(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.getSeconds() >= Buckets.LONGEST / MICROS_PER_SECOND ? Buckets.LONGEST
                : (int) duration.getSeconds() * MICROS_PER_SECOND + duration.getNano() / NANOS_PER_MICRO;
    }
}
