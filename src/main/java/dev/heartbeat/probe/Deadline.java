package dev.heartbeat.probe;

import java.time.Duration;

import io.smallrye.mutiny.Uni;

/** How much time is left for the parts of one answer? */
record Deadline(Duration whole, long end) {
    static Deadline in(Duration whole) {
        return new Deadline(whole, System.nanoTime() + whole.toNanos());
    }

    boolean passed() {
        return left() <= 0;
    }

    /** The same question, which fails when its answer is not there in time, and is not put at all when there is no time. */
    <T> Uni<T> bound(Uni<T> question) {
        return Uni.createFrom().deferred(() -> {
            long left = left();
            return left <= 0 ? Uni.createFrom().failure(this::late)
                    : question.ifNoItem().after(Duration.ofNanos(left)).failWith(this::late);
        });
    }

    private long left() {
        return end - System.nanoTime();
    }

    private ManagementFailure late() {
        return new ManagementFailure("no answer within " + whole.toMillis() + " ms");
    }
}
