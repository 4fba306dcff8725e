package dev.heartbeat.model;

import java.time.Duration;
import java.util.Objects;

/**
 * When is a receiver told of what is open?
 *
 * @param repeat how often it is reminded; null for never
 */
public record AlertRules(Maintenance maintenance, Duration repeat) {
    public AlertRules {
        Objects.requireNonNull(maintenance);
    }
}
