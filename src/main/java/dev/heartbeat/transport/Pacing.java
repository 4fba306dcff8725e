package dev.heartbeat.transport;

/** How many messages should the broker send ahead, given how large they have been lately? */
final class Pacing {
    private static final int FIRST = 50;
    private static final int REMEMBERED = 16;
    private static final int SEEN_TO_SHRINK = 8;
    private static final int SEEN_TO_GROW = 32;
    private static final int STEP = 2;

    private final long mostBytes;
    private final int mostCount;
    private double mean;
    private int seen;
    private int seenSinceChange;
    private int current;

    Pacing(long mostBytes, int mostCount) {
        this.mostBytes = mostBytes;
        this.mostCount = mostCount;
        this.current = Math.min(FIRST, mostCount);
    }

    synchronized void saw(long size) {
        seen++;
        seenSinceChange++;
        mean += (size - mean) / Math.min(seen, REMEMBERED);
    }

    /** Whether consuming anew with another number is worth its round trip. */
    synchronized boolean wantsChange() {
        int wanted = wanted();
        return wanted >= current * STEP && seenSinceChange >= SEEN_TO_GROW
                || wanted <= current / STEP && seenSinceChange >= SEEN_TO_SHRINK;
    }

    /** The number to consume with from now on. */
    synchronized int change(int room) {
        seenSinceChange = 0;
        current = Math.max(1, Math.min(wanted(), room));
        return current;
    }

    private int wanted() {
        if (seen == 0) {
            return Math.min(FIRST, mostCount);
        }
        // A quarter stays free for the ones that are larger than the mean.
        double fitting = mostBytes * 0.75 / Math.max(1, mean);
        return (int) Math.max(1, Math.min(mostCount, fitting));
    }
}
