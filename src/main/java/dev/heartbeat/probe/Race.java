package dev.heartbeat.probe;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;

/**
 * Which of a name's addresses connects first? The next one starts when one fails, or has kept us waiting for a quarter of a
 * second: one that swallows packets must not cost the whole timeout.
 */
final class Race<T> {
    private static final long HEAD_START_MILLIS = 250;

    private final Vertx vertx;
    private final List<InetSocketAddress> addresses;
    private final Function<InetSocketAddress, Uni<T>> dial;
    private final UniEmitter<? super T> emitter;
    private final List<Cancellable> lanes = new ArrayList<>();
    private final List<FailedAt> lost = new ArrayList<>();
    private int next;
    private boolean over;

    private Race(Vertx vertx, List<InetSocketAddress> addresses, Function<InetSocketAddress, Uni<T>> dial,
            UniEmitter<? super T> emitter) {
        this.vertx = vertx;
        this.addresses = addresses;
        this.dial = dial;
        this.emitter = emitter;
    }

    /** The first success of the addresses, of which there is at least one; the others are cancelled. */
    static <T> Uni<T> first(Vertx vertx, List<InetSocketAddress> addresses, Function<InetSocketAddress, Uni<T>> dial) {
        if (addresses.size() == 1) {
            InetSocketAddress only = addresses.get(0);
            return dial.apply(only).onFailure().transform(failure -> FailedAt.address(only, 0, failure));
        }
        return Uni.createFrom().emitter(emitter -> {
            Race<T> race = new Race<>(vertx, addresses, dial, emitter);
            emitter.onTermination(race::end);
            race.start();
        });
    }

    private void start() {
        InetSocketAddress address;
        int turn;
        synchronized (this) {
            if (over || next == addresses.size()) {
                return;
            }
            address = addresses.get(next++);
            turn = next;
        }
        if (turn < addresses.size()) {
            vertx.setTimer(HEAD_START_MILLIS, timer -> startAfter(turn));
        }
        keep(dial.apply(address).subscribe().with(this::won, failure -> lost(address, failure)));
    }

    private void startAfter(int turn) {
        boolean due;
        synchronized (this) {
            due = turn == next;
        }
        if (due) {
            start();
        }
    }

    private void won(T prize) {
        end();
        emitter.complete(prize);
    }

    private void lost(InetSocketAddress address, Throwable failure) {
        boolean all;
        synchronized (this) {
            lost.add(FailedAt.address(address, addresses.size() - 1, failure));
            all = lost.size() == addresses.size();
        }
        if (all) {
            emitter.fail(worst());
        } else {
            start();
        }
    }

    /** The same of all failures in every round, whatever the order in which the name server lists the addresses. */
    private synchronized FailedAt worst() {
        return lost.stream().min(Comparator.comparing(FailedAt::isOurs).reversed()
                .thenComparing(FailedAt::getMessage)).orElseThrow();
    }

    private void keep(Cancellable lane) {
        synchronized (this) {
            if (!over) {
                lanes.add(lane);
                return;
            }
        }
        lane.cancel();
    }

    private void end() {
        List<Cancellable> running;
        synchronized (this) {
            over = true;
            running = List.copyOf(lanes);
            lanes.clear();
        }
        running.forEach(Cancellable::cancel);
    }
}
