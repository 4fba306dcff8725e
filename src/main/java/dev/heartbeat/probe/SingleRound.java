package dev.heartbeat.probe;

import java.time.InstantSource;
import java.util.List;

import dev.heartbeat.model.Observation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** What does a round find that nobody repeats? It ends with its last answer, not with its interval. */
final class SingleRound {
    private static final long TICK_MILLIS = 10;

    private SingleRound() {
    }

    static Uni<List<Observation>> of(Plan plan, Vertx vertx, InstantSource clock) {
        return Uni.createFrom().emitter(emitter -> {
            Context context = vertx.getOrCreateContext();
            context.runOnContext(begin -> {
                long[] ticking = new long[1];
                Round round = new Round(plan, clock, System::nanoTime, turn -> context.runOnContext(now -> turn.run()),
                        found -> {
                            vertx.cancelTimer(ticking[0]);
                            emitter.complete(found);
                        });
                ticking[0] = vertx.setPeriodic(TICK_MILLIS, timer -> round.tick());
                round.start();
            });
        });
    }
}
