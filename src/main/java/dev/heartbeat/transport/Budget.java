package dev.heartbeat.transport;

/** How much may be in our hands, over all channels that it came from, and how much is? */
final class Budget {
    private final long mostBytes;
    private final int mostCount;
    private long bytes;
    private int count;

    Budget(long mostBytes, int mostCount) {
        this.mostBytes = mostBytes;
        this.mostCount = mostCount;
    }

    /** Takes it when there is room; what is larger than all room is taken alone. */
    synchronized boolean take(long size) {
        if (!fits(size)) {
            return false;
        }
        bytes += size;
        count++;
        return true;
    }

    synchronized void give(long size) {
        bytes -= size;
        count--;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized int room() {
        return mostCount - count;
    }

    /** Whether half of it is free, or as much as one of that size needs where that is more. */
    synchronized boolean isHalfFreeFor(long size) {
        return count <= mostCount / 2 && bytes <= mostBytes / 2 && fits(size);
    }

    private boolean fits(long size) {
        return count == 0 || count < mostCount && bytes + size <= mostBytes;
    }
}
