package dev.heartbeat.probe;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** Has told a round when the test says so. */
final class Telling implements Function<Rounds.Found, Uni<Void>> {
    final List<Rounds.Found> told = new CopyOnWriteArrayList<>();
    final List<UniEmitter<? super Void>> emitters = new CopyOnWriteArrayList<>();

    @Override
    public Uni<Void> apply(Rounds.Found found) {
        told.add(found);
        return Uni.createFrom().emitter(emitters::add);
    }
}
