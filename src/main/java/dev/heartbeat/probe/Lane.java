package dev.heartbeat.probe;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Which checks of a round share one bound on how many are under way? Guarded by its round. */
final class Lane {
    final String name;
    final int concurrency;
    final List<Check> checks;
    final Deque<Asking> underWay = new ArrayDeque<>();
    private int next;
    private int running;
    private boolean pumping;

    Lane(String name, int concurrency, List<Check> checks) {
        this.name = name;
        this.concurrency = concurrency;
        this.checks = checks;
    }

    /** The same checks for another round. */
    Lane again() {
        return new Lane(name, concurrency, checks);
    }

    /** Asks on while there is room. A check that answers at once comes back here, and is taken up by the loop that asked it. */
    void pump(Round round) {
        if (pumping) {
            return;
        }
        pumping = true;
        while (running < concurrency && next < checks.size() && round.mayAsk()) {
            running++;
            Asking asking = new Asking(checks.get(next++), this, round);
            underWay.add(asking);
            asking.ask();
        }
        pumping = false;
    }

    void ended(Round round) {
        running--;
        pump(round);
    }

    boolean isIdle() {
        return running == 0;
    }

    List<Check> notAsked() {
        return checks.subList(next, checks.size());
    }

    /** How many at once would have been enough for all, judging by how far these many came. */
    int sufficientConcurrency() {
        return (int) Math.ceil((double) concurrency * checks.size() / Math.max(1, next)) + 1;
    }
}
