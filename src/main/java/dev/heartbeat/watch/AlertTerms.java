package dev.heartbeat.watch;

import java.time.Duration;

import dev.heartbeat.model.AlertRules;

/**
 * On which terms is every receiver told?
 *
 * @param timeout how long it may take to accept
 * @param expiry after so long in vain an alert is given up
 */
record AlertTerms(AlertRules rules, Duration timeout, Duration expiry) {
    private static final Duration MARGIN = Duration.ofSeconds(20);

    /** How long a lane holds its place: longer than one telling, and short enough for another process to go on soon. */
    Duration lease() {
        return timeout.plus(MARGIN);
    }
}
