package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** What was seen of one target at one instant? {@code latency} and {@code evidence} are null where there are none. */
public record Observation(Target target, Outcome outcome, Instant at, Duration latency, Evidence evidence) {
    public Observation {
        Objects.requireNonNull(target);
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(at);
    }

    public Observation(Target target, Outcome outcome, Instant at) {
        this(target, outcome, at, null, null);
    }
}
