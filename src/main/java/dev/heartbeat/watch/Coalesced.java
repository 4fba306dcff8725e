package dev.heartbeat.watch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;

/** When is a work done that is asked for while it is being done? Once more afterwards, however often it was asked for. */
final class Coalesced {
    private final Supplier<Uni<Void>> work;
    private final AtomicInteger asked = new AtomicInteger();

    Coalesced(Supplier<Uni<Void>> work) {
        this.work = work;
    }

    /** Completes when the work is done, or at once when somebody else does it; fails when the work does, and asks no more. */
    Uni<Void> run() {
        return Uni.createFrom().deferred(() -> asked.getAndIncrement() == 0 ? untilDone() : Uni.createFrom().voidItem());
    }

    private Uni<Void> untilDone() {
        return again().onFailure().invoke(this::end).onCancellation().invoke(this::end);
    }

    private Uni<Void> again() {
        return Uni.createFrom().deferred(() -> {
            int answered = asked.get();
            return work.get().chain(() -> asked.compareAndSet(answered, 0) ? Uni.createFrom().voidItem() : again());
        });
    }

    private void end() {
        asked.set(0);
    }
}
