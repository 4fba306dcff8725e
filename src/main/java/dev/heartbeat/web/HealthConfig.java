package dev.heartbeat.web;

import java.time.Duration;

import dev.heartbeat.model.Durations;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is said of our own health, and how long is waited for it? */
public interface HealthConfig {
    /** Less than that is no time for anything that is not in this process. */
    Duration SHORTEST = Duration.ofMillis(100);

    /** @throws IllegalArgumentException where that is no time that a check could have; the message says what would be right */
    static void checkTimeout(String text) {
        if (Durations.parse(text).compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("must be at least " + Durations.words(SHORTEST));
        }
    }

    /** How long may a check take? */
    @ConfigMapping(prefix = "health")
    interface Checks {
        /** As long as this; who has not answered then has failed. */
        @WithDefault("5s")
        String timeout();
    }

    /** What is told of the environment? */
    @ConfigMapping(prefix = "environ")
    interface Environ {
        /** All that is known, or nothing. */
        @WithDefault("true")
        boolean enabled();
    }
}
