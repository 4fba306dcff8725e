package dev.heartbeat.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Which checks of a round share one bound on how many are under way? Changes only in its round's turns. */
final class Lane {
    final String name;
    final int concurrency;
    final List<Check> checks;
    private final LongConsumer took;
    private final List<Asking> underWay = new ArrayList<>();
    private int next;
    private int running;

    /** @param took is told of every try how many nanoseconds it took */
    Lane(String name, int concurrency, List<Check> checks, LongConsumer took) {
        this.name = name;
        this.concurrency = concurrency;
        this.checks = List.copyOf(checks);
        this.took = took;
    }

    /** The same checks for another round. */
    Lane again() {
        return new Lane(name, concurrency, checks, took);
    }

    /** Asks on while there is room. */
    void pump(Round round) {
        while (running < concurrency && next < checks.size() && round.mayAsk()) {
            running++;
            Asking asking = new Asking(checks.get(next++), this, round);
            underWay.add(asking);
            asking.ask();
        }
    }

    void ended(Round round) {
        running--;
        pump(round);
    }

    void took(long nanos) {
        took.accept(nanos);
    }

    void expire(long nanos) {
        underWay.removeIf(Asking::isOver);
        underWay.forEach(asking -> asking.expire(nanos));
    }

    void abandon() {
        underWay.forEach(Asking::abandon);
    }

    int notAsked() {
        return checks.size() - next;
    }

    /** Gives up what was not asked, and answers what that is. */
    List<Check> leave() {
        List<Check> left = checks.subList(next, checks.size());
        next = checks.size();
        return left;
    }

    /** How many at once would have been enough for all, judging by how far these many came. */
    int sufficientConcurrency() {
        return (int) Math.ceil((double) concurrency * checks.size() / Math.max(1, next)) + 1;
    }
}
