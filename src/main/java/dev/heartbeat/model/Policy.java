package dev.heartbeat.model;

import java.time.Duration;

/**
 * By which settings is a state judged?
 *
 * @param staleAfter the silence allowed to every source ({@code STALE_AFTER}); null to derive it from the interval
 * @param publishInterval how often PH is known to speak ({@code PUBLISH_INTERVAL}); null when nobody said
 */
public record Policy(Duration staleAfter, Duration publishInterval) {
    public static final Policy DEFAULT = new Policy(null, null);
}
