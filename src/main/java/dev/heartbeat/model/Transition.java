package dev.heartbeat.model;

import java.time.Instant;
import java.util.Objects;

/**
 * What changed?
 *
 * @param from the former health; null for a target's first
 * @param to the new health; null when the target was retired
 * @param at when it changed: the observation's instant, or the verdict's
 * @param reason why not up; null when up
 * @param detail the reason in words; may be null
 */
public record Transition(String source, Target target, Health from, Health to, Instant at, Reason reason, String detail) {
    public Transition {
        Objects.requireNonNull(source);
        Objects.requireNonNull(target);
        Objects.requireNonNull(at);
    }
}
