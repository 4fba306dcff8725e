package dev.heartbeat.model;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/**
 * What were the shortest, the longest, the mean and the percentiles of so many durations? A value, in constant space: exact
 * but for the percentiles, which are exact to 19 %.
 */
public final class Histogram {
    private static final int COUNT_BITS = 48;
    private static final long MOST = (1L << COUNT_BITS) - 1;

    /** Only what is not empty, by bucket: its number above its count. */
    private final long[] cells;
    private final int min;
    private final int max;
    private final long sum;

    /** Handed over; in microseconds. */
    Histogram(long[] cells, int min, int max, long sum) {
        this.cells = cells;
        this.min = min;
        this.max = max;
        this.sum = sum;
    }

    /** Of these durations; one at least. */
    public static Histogram of(List<Duration> durations) {
        Tally tally = new Tally();
        durations.forEach(tally::add);
        Histogram all = tally.news();
        if (all == null) {
            throw new IllegalArgumentException("no duration");
        }
        return all;
    }

    /** What {@link #toString} wrote; null where it is anything else. What is wrong in a single bucket costs that bucket. */
    public static Histogram parse(String text) {
        return HistogramText.parse(text);
    }

    /** Of how many durations; 1 at least. */
    public long count() {
        long count = 0;
        for (long cell : cells) {
            count += count(cell);
        }
        return count;
    }

    public Duration min() {
        return micros(min);
    }

    public Duration mean() {
        return micros((double) sum / count());
    }

    public Duration max() {
        return micros(max);
    }

    /** The duration that this share (0 to 1) of all did not exceed, to the width of its bucket. */
    public Duration percentile(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is from 0 to 1: " + share);
        }
        double rank = share * count();
        long below = 0;
        for (long cell : cells) {
            if (below + count(cell) >= rank) {
                double low = Math.max(Buckets.floor(bucket(cell)), min);
                double high = Math.min(Buckets.floor(bucket(cell) + 1), max);
                return micros(low + (high - low) * (rank - below) / count(cell));
            }
            below += count(cell);
        }
        return max();
    }

    /** Of the durations of both. */
    public Histogram plus(Histogram other) {
        long[] merged = new long[cells.length + other.cells.length];
        int used = 0;
        for (int mine = 0, theirs = 0; mine < cells.length || theirs < other.cells.length; used++) {
            int left = mine < cells.length ? bucket(cells[mine]) : Buckets.COUNT;
            int right = theirs < other.cells.length ? bucket(other.cells[theirs]) : Buckets.COUNT;
            long count = (left <= right ? count(cells[mine++]) : 0) + (right <= left ? count(other.cells[theirs++]) : 0);
            merged[used] = cell(Math.min(left, right), Math.min(count, MOST));
        }
        return new Histogram(Arrays.copyOf(merged, used), Math.min(min, other.min), Math.max(max, other.max), sum + other.sum);
    }

    static long cell(int bucket, long count) {
        // One more than its number, so that no cell is 0.
        return bucket + 1L << COUNT_BITS | count;
    }

    static int bucket(long cell) {
        return (int) (cell >>> COUNT_BITS) - 1;
    }

    static long count(long cell) {
        return cell & MOST;
    }

    private static Duration micros(double micros) {
        return Duration.of(Math.round(micros), ChronoUnit.MICROS);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Histogram same && min == same.min && max == same.max && sum == same.sum
                && Arrays.equals(cells, same.cells);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(cells) * 31 + Long.hashCode(sum);
    }

    /** Compact, and for {@link #parse}: shortest, longest and sum in microseconds, then the count of each bucket. */
    @Override
    public String toString() {
        return HistogramText.write(cells, min, max, sum);
    }
}
