package dev.heartbeat.probe;

import java.time.Duration;
import java.util.List;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import io.smallrye.mutiny.subscription.Cancellable;

/** How far is one check of a round: which try, since when? Guarded by its round. */
final class Asking {
    private final Check check;
    private final Lane lane;
    private final Round round;
    private int tries;
    private int triesAnswered;
    private int answered;
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
        running = null;
        try {
            Cancellable subscription = check.ask().subscribe().with(
                    findings -> answered(attempt, findings, null),
                    failure -> answered(attempt, null, failure));
            if (triesAnswered < attempt) {
                running = subscription;
            }
        } catch (RuntimeException e) {
            answered(attempt, null, e);
        }
    }

    /** Ends a try that has lasted for the check's timeout; answers whether this check is over. */
    boolean expire(long nanos) {
        if (!over && nanos - since >= check.timeout().toNanos()) {
            Duration timeout = check.timeout();
            String words = "no answer within "
                    + (timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms");
            cancel();
            answered(tries, all(Outcome.down(Reason.TIMED_OUT, words)), null);
        }
        return over;
    }

    boolean isOver() {
        return over;
    }

    void cancel() {
        if (running != null) {
            running.cancel();
            running = null;
        }
    }

    private void answered(int attempt, List<Finding> findings, Throwable failure) {
        synchronized (round) {
            if (over || attempt != tries || triesAnswered == attempt) {
                return;
            }
            triesAnswered = attempt;
            List<Finding> answer = failure == null ? findings : all(Failures.outcome(failure));
            if (tries <= check.retries() && round.mayAsk() && !answer.stream().allMatch(Asking::isUp)) {
                ask();
                return;
            }
            over = true;
            round.found(check, answer);
            lane.ended(round);
            round.endIfDone();
        }
    }

    private List<Finding> all(Outcome outcome) {
        return check.targets().stream().map(target -> new Finding(target, outcome)).toList();
    }

    private static boolean isUp(Finding finding) {
        return finding.outcome().health() == Health.UP;
    }
}
