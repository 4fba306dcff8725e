package dev.heartbeat.watch;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** How much silence is allowed? */
@ConfigMapping(prefix = "stale")
public interface WatchConfig {
    /** To every source; empty for three of its own intervals, and fifteen seconds at least. */
    Optional<Duration> after();
}
