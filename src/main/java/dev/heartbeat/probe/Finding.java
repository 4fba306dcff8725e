package dev.heartbeat.probe;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Target;

/** What did a check find of one target? {@code latency} and {@code evidence} are null where there are none. */
public record Finding(Target target, Outcome outcome, Duration latency, Evidence evidence) {
    public Finding {
        Objects.requireNonNull(target);
        Objects.requireNonNull(outcome);
    }

    public Finding(Target target, Outcome outcome) {
        this(target, outcome, null, null);
    }

    /** The same of every target of a check. */
    static List<Finding> ofAll(Check check, Outcome outcome) {
        return check.targets().stream().map(target -> new Finding(target, outcome)).toList();
    }

    static Finding worse(Finding one, Finding other) {
        return other.outcome.isWorseThan(one.outcome) ? other : one;
    }
}
