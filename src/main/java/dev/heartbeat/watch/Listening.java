package dev.heartbeat.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Since when could we have heard? Silence is judged only for time in which we listened: not before our own start, not while the
 * link or the store was away, not while a backlog was drained, not while this process was stopped in its tracks.
 */
@ApplicationScoped
public class Listening {
    /** A second's tick that comes later than this means that the process stood still. */
    private static final Duration STOOD_STILL = Duration.ofSeconds(5);

    /** What must work for us to hear? */
    public enum Leg {
        /** The broker, and what waited in its queue when the link came up. */
        LINK,
        /** The store, without which nothing heard is kept. */
        STORE
    }

    private final Map<Leg, Instant> since = new EnumMap<>(Leg.class);
    private Instant began;
    private long lastTick;

    /** That leg works, since now unless it did before. */
    public synchronized void hears(Leg leg, Instant now) {
        since.putIfAbsent(leg, now);
    }

    /** That leg does not work. */
    public synchronized void deaf(Leg leg) {
        since.remove(leg);
    }

    /** To be called every second, with the monotonic clock's nanoseconds. */
    synchronized void tick(Instant now, long nanos) {
        if (began == null || nanos - lastTick > STOOD_STILL.toNanos()) {
            began = now;
        }
        lastTick = nanos;
    }

    /** The newest instant since which all works; null while something does not. */
    synchronized Instant since() {
        if (began == null || since.size() < Leg.values().length) {
            return null;
        }
        Instant newest = began;
        for (Instant instant : since.values()) {
            newest = instant.isAfter(newest) ? instant : newest;
        }
        return newest;
    }
}
