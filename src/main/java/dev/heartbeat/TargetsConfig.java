package dev.heartbeat;

import java.time.Duration;
import java.util.Optional;

import dev.heartbeat.publish.IntervalConverter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** Which file names the targets, how often is it looked at, and which names the routes? */
interface TargetsConfig {
    /** Ours. */
    @ConfigMapping(prefix = "targets")
    interface Own {
        Optional<String> file();

        /** How often the file that named the targets, whichever it is, is looked at; zero: never by itself. */
        @WithDefault("10s")
        @WithConverter(IntervalConverter.class)
        Duration reload();
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
