package dev.heartbeat.probe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Observation;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * When is the next round of one interval? At whole intervals after the first, whatever a round took; a round that is longer
 * skips ticks, and never overlaps the next. Lives on one Vert.x context.
 */
final class RoundGroup {
    private static final Logger LOG = Logger.getLogger(RoundGroup.class);
    /** How finely timeouts are told. */
    private static final long TICK_MILLIS = 10;
    private final Plan plan;
    private final Vertx vertx;
    private final Context context;
    private final InstantSource clock;
    private final Function<Rounds.Found, Uni<Void>> tell;
    private final AtomicReference<UniEmitter<? super Void>> stopped = new AtomicReference<>();
    private long begun;
    private Round round;
    private boolean stopping;

    RoundGroup(Plan plan, Vertx vertx, InstantSource clock, Function<Rounds.Found, Uni<Void>> tell) {
        this.plan = plan;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.clock = clock;
        this.tell = tell;
    }

    void begin(Duration offset) {
        context.runOnContext(ignored -> {
            begun = System.nanoTime() + offset.toNanos();
            later(offset.toNanos());
        });
    }

    Uni<Void> stop(Duration toEnd) {
        return Uni.createFrom().emitter(emitter -> context.runOnContext(ignored -> {
            stopping = true;
            if (round == null) {
                emitter.complete(null);
                return;
            }
            stopped.set(emitter);
            round.stop();
            vertx.setTimer(toEnd.toMillis(), timer -> abandon());
        }));
    }

    private void abandon() {
        if (round != null) {
            round.abandon();
        }
    }

    private void later(long nanos) {
        long millis = nanos / 1_000_000;
        if (millis < 1) {
            context.runOnContext(ignored -> ask());
        } else {
            vertx.setTimer(millis, timer -> ask());
        }
    }

    private void ask() {
        if (stopping) {
            return;
        }
        Round next = new Round(plan, clock, System::nanoTime, turn -> context.runOnContext(ignored -> turn.run()), this::ended);
        round = next;
        vertx.setPeriodic(TICK_MILLIS, timer -> {
            next.tick();
            if (round != next) {
                vertx.cancelTimer(timer);
            }
        });
        LOG.debugf("round of interval %s begins", plan.interval());
        next.start();
    }

    private void ended(List<Observation> found) {
        round = null;
        Uni<Void> told = found.isEmpty() ? Uni.createFrom().voidItem() : tell.apply(new Rounds.Found(plan.interval(), found));
        told.subscribe().with(ignored -> context.runOnContext(now -> next()), failure -> {
            LOG.error("what a round found could not be told", failure);
            context.runOnContext(now -> next());
        });
    }

    private void next() {
        UniEmitter<? super Void> waiting = stopped.getAndSet(null);
        if (waiting != null) {
            waiting.complete(null);
        }
        if (stopping) {
            return;
        }
        long now = System.nanoTime();
        long nanos = plan.interval().toNanos();
        later(nanos == 0 ? 0 : nanos - Math.floorMod(now - begun, nanos));
    }
}
