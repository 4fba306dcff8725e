package dev.heartbeat.probe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Observation;
import dev.heartbeat.transport.TraceSpan;
import dev.heartbeat.transport.Traces;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * When is the next round of one interval? At whole intervals after the first, whatever a round took; a round that is longer
 * skips ticks, and never overlaps the next. Lives on one Vert.x context: all but {@link #begin} and {@link #stop} runs there,
 * and so do the timers that are set there.
 */
final class RoundGroup {
    private static final Logger LOG = Logger.getLogger(RoundGroup.class);
    /** How finely timeouts are told; and how far apart rounds back to back begin at least, when nothing takes time. */
    private static final Duration TICK = Duration.ofMillis(10);

    private final Plan plan;
    private final Vertx vertx;
    private final Context context;
    private final InstantSource clock;
    private final Traces traces;
    private final Function<Rounds.Found, Uni<Void>> tell;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private Round round;
    private TraceSpan trace = TraceSpan.NONE;
    private long firstStart;
    private long lastStart;
    private long ticking;
    private int untold;
    private boolean stopping;

    RoundGroup(Plan plan, Vertx vertx, InstantSource clock, Traces traces, Function<Rounds.Found, Uni<Void>> tell) {
        this.plan = plan;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.clock = clock;
        this.traces = traces;
        this.tell = tell;
    }

    void begin(Duration offset) {
        context.runOnContext(ignored -> {
            firstStart = System.nanoTime() + offset.toNanos();
            later(offset.toNanos());
        });
    }

    /** No new checks; completes when those under way have ended and were told, but no later than {@code toEnd} from now. */
    Uni<Void> stop(Duration toEnd) {
        return Uni.createFrom().completionStage(() -> {
            context.runOnContext(ignored -> end(toEnd));
            return stopped.copy();
        });
    }

    private void end(Duration toEnd) {
        if (stopping) {
            return;
        }
        stopping = true;
        vertx.setTimer(toEnd.toMillis(), timer -> abandon());
        if (round != null) {
            round.stop();
        }
        stoppedIfIdle();
    }

    private void abandon() {
        if (round != null) {
            round.abandon();
        }
        stopped.complete(null);
    }

    private void stoppedIfIdle() {
        if (stopping && round == null && untold == 0) {
            stopped.complete(null);
        }
    }

    /** Never sooner: a round that began before its tick, and was short, would come once more at it. */
    private void later(long nanos) {
        long millis = (nanos + 999_999) / 1_000_000;
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
        LOG.debugf("round of interval %s begins", plan.interval());
        lastStart = System.nanoTime();
        trace = traces.begin("round");
        Round next = new Round(plan, clock, System::nanoTime, turn -> context.runOnContext(ignored -> turn.run()), this::ended);
        round = next;
        ticking = vertx.setPeriodic(TICK.toMillis(), timer -> next.tick());
        next.start();
    }

    private void ended(List<Observation> found) {
        vertx.cancelTimer(ticking);
        round = null;
        untold++;
        Uni.createFrom().deferred(() -> told(found)).subscribe().with(
                ignored -> context.runOnContext(now -> told()),
                failure -> {
                    LOG.error("what a round found could not be told", failure);
                    context.runOnContext(now -> told());
                });
        if (!isBackToBack()) {
            later(untilNext(System.nanoTime() - firstStart, plan.interval()));
        }
    }

    private Uni<Void> told(List<Observation> found) {
        TraceSpan own = trace;
        RoundTrace.tell(own, plan.interval(), found);
        try {
            return found.isEmpty() ? Uni.createFrom().voidItem() : tell.apply(new Rounds.Found(plan.interval(), found, own));
        } finally {
            own.end();
        }
    }

    private void told() {
        untold--;
        stoppedIfIdle();
        if (isBackToBack()) {
            later(Math.max(0, TICK.toNanos() - (System.nanoTime() - lastStart)));
        }
    }

    private boolean isBackToBack() {
        return plan.interval().isZero();
    }

    /** Nanoseconds to the next whole interval. */
    static long untilNext(long sinceFirst, Duration interval) {
        return interval.toNanos() - Math.floorMod(sinceFirst, interval.toNanos());
    }
}
