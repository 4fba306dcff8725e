package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What was seen of one target at one instant? {@code latency}, {@code evidence} and {@code asked} are null where there are
 * none.
 */
public record Observation(Target target, Outcome outcome, Instant at, Duration latency, Evidence evidence, Asked asked) {
    public Observation {
        Objects.requireNonNull(target);
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(at);
    }

    public Observation(Target target, Outcome outcome, Instant at, Duration latency, Evidence evidence) {
        this(target, outcome, at, latency, evidence, null);
    }

    public Observation(Target target, Outcome outcome, Instant at) {
        this(target, outcome, at, null, null);
    }

    /** Where the target was asked: its name where nobody said. */
    public String address() {
        return asked == null ? target.name() : asked.address();
    }

    /**
     * How long the target took to answer, rightly or wrongly; null when it did not answer: how long it was waited for in vain,
     * or until a refusal, tells nothing of its pace.
     */
    public Duration answeredAfter() {
        Reason reason = outcome.reason();
        return reason == null || reason.isAnAnswer() ? latency : null;
    }
}
