package dev.heartbeat;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** Which file names the targets? */
interface TargetsConfig {
    /** Ours. */
    @ConfigMapping(prefix = "targets")
    interface Own {
        Optional<String> file();
    }

    /** PH's. */
    @ConfigMapping(prefix = "publisher")
    interface Ph {
        Optional<String> configPath();
    }
}
