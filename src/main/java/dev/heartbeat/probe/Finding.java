package dev.heartbeat.probe;

import java.time.Duration;

import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Target;

/** What did a check find of one target? {@code latency} and {@code evidence} are null where there are none. */
public record Finding(Target target, Outcome outcome, Duration latency, Evidence evidence) {
    public Finding(Target target, Outcome outcome) {
        this(target, outcome, null, null);
    }
}
