package dev.heartbeat.probe;

import java.time.InstantSource;
import java.util.List;

import dev.heartbeat.model.Observation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** What does a round find that nobody repeats? It ends with its last answer, not with its interval. */
final class SingleRound {
    private SingleRound() {
    }

    static Uni<List<Observation>> of(Plan plan, Vertx vertx, InstantSource clock) {
        return Uni.createFrom().emitter(emitter -> {
            Context context = vertx.getOrCreateContext();
            context.runOnContext(begin -> new Running(plan, vertx, context, clock, (self, found) -> emitter.complete(found))
                    .start());
        });
    }
}
