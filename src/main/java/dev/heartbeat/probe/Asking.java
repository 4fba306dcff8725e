package dev.heartbeat.probe;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.subscription.Cancellable;

/** How far is one check of a round: which try, since when? Changes only in its round's turns. */
final class Asking {
    private static final Logger LOG = Logger.getLogger(Asking.class);
    private static final Outcome FORGOTTEN = Outcome.down(Reason.PROBE_FAILED, "the probe's answer leaves this target out");

    private final Check check;
    private final Lane lane;
    private final Round round;
    private int tries;
    private long since;
    private Cancellable running;
    private boolean over;

    Asking(Check check, Lane lane, Round round) {
        this.check = check;
        this.lane = lane;
        this.round = round;
    }

    void ask() {
        int attempt = ++tries;
        since = round.nanos();
        try {
            running = check.ask().subscribe().with(
                    findings -> answered(attempt, findings, null),
                    failure -> answered(attempt, null, failure));
        } catch (Throwable e) { // an Error too: what breaks one probe must not end the round of the others
            answered(attempt, null, e);
        }
    }

    /** Ends a try that has lasted for the check's timeout. */
    void expire(long nanos) {
        Duration timeout = check.timeout();
        if (!over && nanos - since >= timeout.toNanos()) {
            stopWork();
            int attempt = tries;
            String words = timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
            List<Finding> late = check.unanswered(Outcome.down(Reason.TIMED_OUT, "no answer within " + words));
            Instant at = round.now();
            round.turn(() -> take(attempt, late, at));
        }
    }

    boolean isOver() {
        return over;
    }

    /** Whatever comes after this is not taken. */
    void abandon() {
        over = true;
        stopWork();
    }

    private void stopWork() {
        Cancellable cancelled = running;
        running = null;
        if (cancelled != null) {
            try {
                cancelled.cancel();
            } catch (RuntimeException e) {
                LOG.debugf(e, "%s: the probe could not stop its work", check.targets());
            }
        }
    }

    /** Called by a probe: on any thread, as often and as late as it likes. */
    private void answered(int attempt, List<Finding> findings, Throwable failure) {
        Instant at = round.now();
        round.turn(() -> take(attempt, failure == null ? complete(findings) : failed(failure), at));
    }

    private void take(int attempt, List<Finding> answer, Instant at) {
        if (over || attempt != tries) {
            return;
        }
        running = null;
        lane.took(round.nanos() - since);
        if (tries <= check.retries() && !answer.stream().allMatch(Asking::isUp)) {
            ask();
            return;
        }
        over = true;
        round.found(check, answer, at);
        lane.ended(round);
    }

    /** One finding for each target of the check, whatever the probe has said. */
    private List<Finding> complete(List<Finding> findings) {
        try {
            Map<Target, Finding> said = new HashMap<>();
            findings.forEach(finding -> said.merge(finding.target(), finding, Finding::worse));
            return check.targets().stream()
                    .map(target -> said.computeIfAbsent(target, forgotten -> new Finding(forgotten, FORGOTTEN)))
                    .toList();
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private List<Finding> failed(Throwable failure) {
        return check.unanswered(Failures.outcome(failure));
    }

    private static boolean isUp(Finding finding) {
        return finding.outcome().health() == Health.UP;
    }
}
