package dev.heartbeat.probe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;

/**
 * What does asking all checks of one interval, once and side by side, find? Every target of every check gets an observation.
 * Its monitor guards all of it: answers come on whatever thread a probe uses.
 */
final class Round {
    private static final Logger LOG = Logger.getLogger(Round.class);

    private final List<Lane> lanes;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Consumer<List<Observation>> done;
    private final Map<Target, Observation> found = new LinkedHashMap<>();
    private final long lastStart;
    private boolean asking = true;
    private boolean ended;

    /**
     * @param deadline after which no check is started any more
     * @param done gets the observations, in the order of the targets file, once all checks have ended
     */
    Round(List<Lane> lanes, Duration deadline, InstantSource clock, LongSupplier nanoTime, Consumer<List<Observation>> done) {
        this.lanes = lanes.stream().map(Lane::again).toList();
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.done = done;
        this.lastStart = nanoTime.getAsLong() + deadline.toNanos();
        lanes.forEach(lane -> lane.checks.forEach(check -> check.targets().forEach(target -> found.put(target, null))));
    }

    synchronized void start() {
        lanes.forEach(lane -> lane.pump(this));
        endIfDone();
    }

    /** Ends what has lasted too long; to be called every few milliseconds until the round has ended. */
    synchronized void tick() {
        long now = nanoTime.getAsLong();
        for (Lane lane : lanes) {
            for (Asking asking : new ArrayList<>(lane.underWay)) {
                asking.expire(now);
            }
            lane.underWay.removeIf(Asking::isOver);
        }
        if (asking && now > lastStart) {
            stopAsking(true);
        }
        endIfDone();
    }

    /** No new checks; those under way go on. What was not asked is not reported. */
    synchronized void stop() {
        stopAsking(false);
        endIfDone();
    }

    /** Ends the round now: what has not answered is not reported. */
    synchronized void abandon() {
        stopAsking(false);
        lanes.forEach(lane -> lane.underWay.forEach(Asking::cancel));
        end();
    }

    boolean mayAsk() {
        return asking;
    }

    long nanos() {
        return nanoTime.getAsLong();
    }

    void found(Check check, List<Finding> findings) {
        if (ended) {
            return;
        }
        Instant now = Instant.ofEpochMilli(clock.millis());
        for (Finding finding : findings) {
            found.merge(finding.target(),
                    new Observation(finding.target(), finding.outcome(), now, finding.latency(), finding.evidence()),
                    Round::worse);
        }
        LOG.debugf("%s: %s", check.targets(), findings);
    }

    /** A target for which several checks answer is as well as the worst of them says. */
    private static Observation worse(Observation one, Observation other) {
        return other.outcome().isWorseThan(one.outcome()) ? other : one;
    }

    void endIfDone() {
        if (!ended && lanes.stream().allMatch(lane -> lane.isIdle() && (!asking || lane.notAsked().isEmpty()))) {
            end();
        }
    }

    private void stopAsking(boolean late) {
        asking = false;
        for (Lane lane : lanes) {
            List<Check> left = lane.notAsked();
            if (late && !left.isEmpty()) {
                LOG.warnf(
                        "%d of %d %s checks were not asked before the round's end: a concurrency of %d instead of %d, or a longer"
                                + " interval, would suffice",
                        left.size(), lane.checks.size(), lane.name, lane.sufficientConcurrency(),
                        lane.concurrency);
                Outcome notAsked = Outcome.unknown(Reason.NOT_ASKED, "the round ended before the question was put");
                left.forEach(
                        check -> found(check, check.targets().stream().map(target -> new Finding(target, notAsked)).toList()));
            }
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            asking = false;
            done.accept(found.values().stream().filter(Objects::nonNull).toList());
        }
    }
}
