package dev.heartbeat.model;

/**
 * Which durations, in microseconds, are counted together? Each bucket is wider than the one before by the fourth root of two
 * (19 %), from 1 µs to 10 minutes.
 */
final class Buckets {
    /** Ten minutes: what took longer counts as that. */
    static final int LONGEST = 600_000_000;
    private static final int PER_OCTAVE = 4;
    /** 1, 2^(1/4), 2^(2/4) and 2^(3/4) in units of 2^-16: whole numbers, so that a bound is the same on every machine. */
    private static final long[] STEPS = { 65_536, 77_936, 92_682, 110_218 };
    static final int COUNT = of(LONGEST) + 1;

    private Buckets() {
    }

    /** The bucket of so many microseconds, 0 to {@link #LONGEST}. */
    static int of(int micros) {
        if (micros <= 1) {
            return 0;
        }
        int octave = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(micros);
        long scaled = (long) micros << Short.SIZE;
        int step = PER_OCTAVE - 1;
        while (scaled < STEPS[step] << octave) {
            step--;
        }
        return octave * PER_OCTAVE + step;
    }

    /** Where a bucket begins, in microseconds; it ends where the next one begins. */
    static double floor(int bucket) {
        return bucket == 0 ? 0
                : (double) (STEPS[bucket % PER_OCTAVE] << bucket / PER_OCTAVE) / (1 << Short.SIZE);
    }
}
