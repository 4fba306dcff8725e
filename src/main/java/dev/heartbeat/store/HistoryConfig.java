package dev.heartbeat.store;

import java.time.Duration;

import dev.heartbeat.model.RowLayout;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How is the history kept, and for how long? */
@ConfigMapping(prefix = "history")
public interface HistoryConfig {
    /** As which columns. */
    @WithDefault("heartbeat")
    RowLayout layout();

    /** So long single rows are kept; hourly sums for ever. */
    @WithDefault("400d")
    Duration retention();

    /** Whether TimescaleDB keeps the partitions. */
    @WithDefault("off")
    boolean timescale();

    /** How often a row is written and read back, to see that rows arrive. */
    @WithDefault("1m")
    Duration canary();
}
