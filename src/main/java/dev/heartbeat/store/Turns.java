package dev.heartbeat.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;

/** Who may work now, when only one may at a time? Nobody is blocked: who waits is called when the turn comes. */
public final class Turns {
    private final Deque<Consumer<Turn>> waiting = new ArrayDeque<>();
    private boolean taken;

    /** The work's outcome; the work begins when all that asked before have ended, and goes on when nobody wants it any more. */
    public <T> Uni<T> take(Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(caller -> ask(turn -> Uni.createFrom().deferred(work::get)
                .subscribe().with(item -> {
                    caller.complete(item);
                    turn.end();
                }, fault -> {
                    caller.fail(fault);
                    turn.end();
                })));
    }

    private void ask(Consumer<Turn> work) {
        synchronized (waiting) {
            waiting.add(work);
            if (taken) {
                return;
            }
            taken = true;
        }
        goOn();
    }

    /** A loop for works that end at once, so that a long queue of them is no deep stack. */
    private void goOn() {
        for (Consumer<Turn> work = next(); work != null; work = next()) {
            Turn turn = new Turn();
            work.accept(turn);
            if (turn.isFirst()) {
                return;
            }
        }
    }

    private Consumer<Turn> next() {
        synchronized (waiting) {
            taken = !waiting.isEmpty();
            return waiting.poll();
        }
    }

    /** Has the work begun and ended? Whoever comes second, its end or the loop that began it, goes on with the next. */
    private final class Turn {
        private final AtomicBoolean come = new AtomicBoolean();

        boolean isFirst() {
            return !come.getAndSet(true);
        }

        void end() {
            if (!isFirst()) {
                goOn();
            }
        }
    }
}
