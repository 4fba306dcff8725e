package dev.heartbeat.web;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How often was a wrong user or password given, and is it time to say so of that peer again? */
final class Refusals {
    private static final Duration QUIET = Duration.ofMinutes(1);
    /** Guessing from more addresses than this within a minute is counted, and told of these only. */
    private static final int PEERS = 1_000;

    private final Map<String, Instant> told = new HashMap<>();
    private long count;

    /** One more; answers whether the log should have a line of it. */
    synchronized boolean add(String peer, Instant now) {
        count++;
        if (told.size() >= PEERS) {
            told.values().removeIf(at -> !now.isBefore(at.plus(QUIET)));
        }
        Instant last = told.get(peer);
        if (last != null && now.isBefore(last.plus(QUIET)) || last == null && told.size() >= PEERS) {
            return false;
        }
        told.put(peer, now);
        return true;
    }

    synchronized long count() {
        return count;
    }
}
