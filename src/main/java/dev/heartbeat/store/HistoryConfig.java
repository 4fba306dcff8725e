package dev.heartbeat.store;

import java.time.Duration;
import java.util.Optional;

import dev.heartbeat.model.RowLayout;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** As which rows is the history kept, and for how long? */
@ConfigMapping(prefix = "history")
public interface HistoryConfig {
    /** Does TimescaleDB divide the table? */
    enum Timescale {
        /** PostgreSQL's own partitions do, one a month. */
        OFF,
        /** The extension must be there. */
        ON
    }

    /** Of the table of DB_TABLE; a route may have another. */
    @WithDefault("heartbeat")
    RowLayout layout();

    /** Rows of ours go when they are older, a month at once; hourly sums stay. */
    @WithDefault("400d")
    Duration retention();

    @WithDefault("off")
    Timescale timescale();

    /** So often a row is written and read back, to see that rows arrive; absent or 0 for never. */
    @WithDefault("1m")
    Optional<Duration> canary();
}
