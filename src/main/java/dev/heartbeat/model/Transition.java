package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What changed?
 *
 * @param target null when it is the source as a whole: it fell silent or was heard again, or many of its targets changed in one
 *        heartbeat
 * @param from the former health; null for a target's first
 * @param to the new health; null when the target was retired; equal to {@code from} when its flapping began or ended
 * @param at when it changed: the observation's instant, or the verdict's
 * @param reason why not up; null when up
 * @param detail the reason in words; may be null
 * @param lasted how long the former health lasted, never negative; null where there was none, and where it goes on
 */
public record Transition(String source, Target target, Health from, Health to, Instant at, Reason reason, String detail,
        Duration lasted, Telling telling) {
    public Transition {
        Objects.requireNonNull(source);
        Objects.requireNonNull(at);
        Objects.requireNonNull(telling);
    }

    /** News of a target whose former health lasted nobody knows how long. */
    public Transition(String source, Target target, Health from, Health to, Instant at, Reason reason, String detail) {
        this(source, target, from, to, at, reason, detail, null, Telling.NEWS);
    }

    Transition told(Telling as) {
        return new Transition(source, target, from, to, at, reason, detail, lasted, as);
    }
}
