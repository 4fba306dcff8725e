package dev.heartbeat.probe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jboss.logging.Logger;

import dev.heartbeat.model.NamedCheck;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Target;
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
    /** How far apart rounds back to back begin at least, when nothing takes time. */
    private static final Duration TICK = Duration.ofMillis(10);

    private final Vertx vertx;
    private final Context context;
    private final InstantSource clock;
    private final Traces traces;
    private final RoundMeters.OfInterval meters;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final Duration interval;
    /** Others look at what it has discovered. */
    private volatile Plan plan;
    private Function<Rounds.Found, Uni<Void>> tell;
    /** What no round of the group has asked yet. */
    private final Set<Target> fresh = new HashSet<>();
    /** Beside the group's own rounds, those of what was new. */
    private final Set<Running> firsts = new HashSet<>();
    private Running round;
    private long firstStart;
    private long lastStart;
    private long due;
    private int untold;
    private boolean stopping;

    RoundGroup(Plan plan, Vertx vertx, InstantSource clock, Function<Rounds.Found, Uni<Void>> tell,
            RoundMeters.OfInterval meters, Traces traces) {
        this.plan = plan;
        this.interval = plan.interval();
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.clock = clock;
        this.traces = traces;
        this.tell = tell;
        this.meters = meters;
    }

    Set<Target> discovered() {
        return plan.discovered();
    }

    void begin(Duration offset) {
        context.runOnContext(ignored -> {
            firstStart = System.nanoTime() + offset.toNanos();
            due = firstStart;
            later(offset.toNanos());
        });
    }

    /**
     * The next round asks by that plan and is told to that one; the ticks stay. What is new is asked now, in a round of its
     * own,
     * for which {@code only} makes the plan.
     */
    void follow(Plan next, Function<Set<Target>, Plan> only, Function<Rounds.Found, Uni<Void>> newTell) {
        context.runOnContext(ignored -> {
            Set<Target> added = new HashSet<>(next.targets());
            fresh.retainAll(added);
            plan.targets().forEach(added::remove);
            fresh.addAll(added);
            plan = next;
            tell = newTell;
            if (!added.isEmpty() && !stopping) {
                askFirst(only.apply(fresh), Set.copyOf(fresh));
            }
        });
    }

    private void askFirst(Plan first, Set<Target> targets) {
        Function<Rounds.Found, Uni<Void>> whom = tell;
        TraceSpan trace = traces.begin("round");
        Running running = new Running(first, vertx, context, clock, (self, found) -> {
            firsts.remove(self);
            List<Observation> own = found.stream().filter(seen -> targets.contains(NamedCheck.asked(seen.target()))).toList();
            tell(new Rounds.Found(interval, true, own, trace), whom, this::stoppedIfIdle);
        });
        firsts.add(running);
        running.start();
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
        underWay().forEach(Running::stop);
        stoppedIfIdle();
    }

    private void abandon() {
        underWay().forEach(Running::abandon);
        stopped.complete(null);
    }

    private List<Running> underWay() {
        List<Running> all = new ArrayList<>(firsts);
        if (round != null) {
            all.add(round);
        }
        return all;
    }

    private void stoppedIfIdle() {
        if (stopping && round == null && firsts.isEmpty() && untold == 0) {
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

    /** What was new is new no more: what has not answered yet is asked by this round. */
    private void ask() {
        if (stopping) {
            return;
        }
        LOG.debugf("round of interval %s begins", interval);
        List.copyOf(firsts).forEach(Running::abandon);
        fresh.clear();
        lastStart = System.nanoTime();
        if (!isBackToBack()) {
            meters.began(lastStart - due);
        }
        Function<Rounds.Found, Uni<Void>> whom = tell;
        TraceSpan trace = traces.begin("round");
        round = new Running(plan, vertx, context, clock, (self, found) -> ended(found, whom, trace));
        round.start();
    }

    private void ended(List<Observation> found, Function<Rounds.Found, Uni<Void>> whom, TraceSpan trace) {
        long end = System.nanoTime();
        meters.ended(end - lastStart, found);
        round = null;
        tell(new Rounds.Found(interval, false, found, trace), whom, this::told);
        if (!isBackToBack()) {
            next(end);
        }
    }

    /** Waits for the first tick from now on; those that passed while the round went on are skipped. */
    private void next(long now) {
        long until = untilNext(now - firstStart, interval);
        meters.skipped((now + until - due) / interval.toNanos() - 1);
        due = now + until;
        later(until);
    }

    private void tell(Rounds.Found found, Function<Rounds.Found, Uni<Void>> whom, Runnable after) {
        untold++;
        Uni.createFrom().deferred(() -> told(found, whom)).subscribe().with(ignored -> told(after), failure -> {
            LOG.error("what a round found could not be told", failure);
            told(after);
        });
    }

    private Uni<Void> told(Rounds.Found found, Function<Rounds.Found, Uni<Void>> whom) {
        RoundTrace.tell(found.trace(), interval, found.observations());
        try {
            return found.observations().isEmpty() ? Uni.createFrom().voidItem() : whom.apply(found);
        } finally {
            found.trace().end();
        }
    }

    private void told(Runnable after) {
        context.runOnContext(now -> {
            untold--;
            after.run();
        });
    }

    private void told() {
        stoppedIfIdle();
        if (isBackToBack()) {
            later(Math.max(0, TICK.toNanos() - (System.nanoTime() - lastStart)));
        }
    }

    private boolean isBackToBack() {
        return interval.isZero();
    }

    /** Nanoseconds to the next whole interval. */
    static long untilNext(long sinceFirst, Duration interval) {
        return interval.toNanos() - Math.floorMod(sinceFirst, interval.toNanos());
    }
}
