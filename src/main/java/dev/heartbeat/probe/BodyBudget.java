package dev.heartbeat.probe;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** Is there room in memory for one more body? Who comes first is served first. */
final class BodyBudget {
    private final int total;
    private final Deque<Place> waiting = new ArrayDeque<>();
    private int free;

    BodyBudget(int total) {
        this.total = total;
        this.free = total;
    }

    private static final class Place {
        final int bytes;
        UniEmitter<? super Void> emitter;
        boolean held;

        Place(int bytes) {
            this.bytes = bytes;
        }
    }

    /** Does the work once there is room, which it holds until it ends; a {@link NoRoomException} when patience ends first. */
    <T> Uni<T> within(int bytes, Duration patience, Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            Place place = new Place(Math.min(bytes, total));
            return Uni.createFrom().<Void> emitter(emitter -> enter(place, emitter))
                    .ifNoItem().after(patience).failWith(this::noRoom)
                    .chain(() -> work)
                    .onTermination().invoke(() -> leave(place));
        });
    }

    private NoRoomException noRoom() {
        return new NoRoomException("not asked: the " + total / 1024 + " KiB for bodies are taken by others");
    }

    private void enter(Place place, UniEmitter<? super Void> emitter) {
        synchronized (this) {
            place.emitter = emitter;
            waiting.add(place);
        }
        admit();
    }

    private void leave(Place place) {
        synchronized (this) {
            waiting.remove(place);
            free += place.held ? place.bytes : 0;
            place.held = false;
        }
        admit();
    }

    private void admit() {
        List<Place> admitted = new ArrayList<>();
        synchronized (this) {
            while (!waiting.isEmpty() && waiting.peek().bytes <= free) {
                Place place = waiting.remove();
                place.held = true;
                free -= place.bytes;
                admitted.add(place);
            }
        }
        admitted.forEach(place -> place.emitter.complete(null));
    }
}
