package dev.heartbeat.probe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;

import dev.heartbeat.model.Observation;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** How does one round come to its end? With a timer that ends what lasts too long in it; all on the context of its group. */
final class Running {
    /** How finely timeouts are told. */
    private static final Duration TICK = Duration.ofMillis(10);

    private final Vertx vertx;
    private final Round round;
    private long ticking;

    /** @param ended gets this and what was found */
    Running(Plan plan, Vertx vertx, Context context, InstantSource clock, BiConsumer<Running, List<Observation>> ended) {
        this.vertx = vertx;
        this.round = new Round(plan, clock, System::nanoTime, turn -> context.runOnContext(ignored -> turn.run()), found -> {
            vertx.cancelTimer(ticking);
            ended.accept(this, found);
        });
    }

    void start() {
        ticking = vertx.setPeriodic(TICK.toMillis(), timer -> round.tick());
        round.start();
    }

    /** No new checks; those under way go on. */
    void stop() {
        round.stop();
    }

    /** Ends it now, with what has answered. */
    void abandon() {
        round.abandon();
    }
}
