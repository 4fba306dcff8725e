package dev.heartbeat;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;

/** Which file names the targets, and which the routes? */
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

    /** Of topics into tables, in the Python Healthcheck's format. */
    @ConfigMapping(prefix = "routes")
    interface Routes {
        Optional<String> file();
    }
}
