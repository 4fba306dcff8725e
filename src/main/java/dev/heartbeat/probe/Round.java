package dev.heartbeat.probe;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;

/**
 * What does asking all checks of one interval, once and side by side, find? Every target gets an observation.
 * Everything happens in turns, one after the other; an answer, on whatever thread it comes, waits for its turn.
 */
final class Round {
    private static final Logger LOG = Logger.getLogger(Round.class);
    private static final Outcome TOO_LATE = Outcome.unknown(Reason.NOT_ASKED, "the round ended before the question was put");
    private static final Outcome NOBODY = Outcome.unknown(Reason.NOT_ASKED, "no probe asks for this target");

    private final Plan plan;
    private final List<Lane> lanes;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Executor turns;
    private final Consumer<List<Observation>> done;
    private final Map<Target, Observation> found = new LinkedHashMap<>();
    private final long lastStart;
    private int open;
    private boolean asking = true;
    private boolean ended;

    /**
     * @param turns runs what it is given one at a time, in order, and never within the call; all methods but those that say
     *        otherwise are called in such a turn
     * @param done gets the observations, in the order of the targets file, once all checks have ended
     */
    Round(Plan plan, InstantSource clock, LongSupplier nanoTime, Executor turns, Consumer<List<Observation>> done) {
        this.plan = plan;
        this.lanes = plan.lanes().stream().map(Lane::again).toList();
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.turns = turns;
        this.done = done;
        this.lastStart = nanos() + plan.deadline().toNanos();
    }

    void start() {
        plan.targets().forEach(target -> found.put(target, null));
        // Each in its place from the start, so that a round is told in the same order as the one before.
        lanes.forEach(lane -> lane.checks.forEach(check -> check.targets().forEach(target -> found.putIfAbsent(target, null))));
        plan.unasked().forEach(target -> found(new Finding(target, NOBODY), now()));
        open = lanes.stream().mapToInt(Lane::notAsked).sum();
        lanes.forEach(lane -> lane.pump(this));
        endIfDone();
    }

    /** Ends what has lasted too long; to be called every few milliseconds until the round has ended. */
    void tick() {
        long now = nanos();
        lanes.forEach(lane -> lane.expire(now));
        if (asking && !mayAsk()) {
            asking = false;
            lanes.forEach(this::giveUp);
        }
    }

    /** No new checks; those under way go on. What was not asked is not reported. */
    void stop() {
        asking = false;
        lanes.forEach(lane -> open -= lane.leave().size());
        endIfDone();
    }

    /** Ends the round now: what has not answered is not reported. */
    void abandon() {
        asking = false;
        lanes.forEach(Lane::abandon);
        end();
    }

    boolean mayAsk() {
        return asking && nanos() - lastStart <= 0;
    }

    long nanos() {
        return nanoTime.getAsLong();
    }

    /** On any thread. */
    Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** On any thread: what changes the round is run in its turn. */
    void turn(Runnable change) {
        turns.execute(change);
    }

    /** The end of one check. */
    void found(Check check, List<Finding> findings, Instant at) {
        LOG.debugf("%s: %s", check.targets(), findings);
        findings.forEach(finding -> found(finding, at));
        open--;
        endIfDone();
    }

    private void found(Finding finding, Instant at) {
        Observation observation = new Observation(finding.target(), finding.outcome(), at, finding.latency(),
                finding.evidence());
        found.merge(finding.target(), observation, Round::worse);
    }

    /** A target for which several checks answer is as well as the worst of them says. */
    private static Observation worse(Observation one, Observation other) {
        return other.outcome().isWorseThan(one.outcome()) ? other : one;
    }

    private void giveUp(Lane lane) {
        if (lane.notAsked() > 0) {
            LOG.warnf("%d of %d %s checks were not asked before the round's end: a concurrency of %d instead of %d, or a longer"
                    + " interval, would suffice", lane.notAsked(), lane.checks.size(), lane.name,
                    lane.sufficientConcurrency(), lane.concurrency);
            Instant now = now();
            lane.leave().forEach(check -> found(check, check.unanswered(TOO_LATE), now));
        }
    }

    private void endIfDone() {
        if (open == 0) {
            end();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            done.accept(found.values().stream().filter(Objects::nonNull).toList());
        }
    }
}
