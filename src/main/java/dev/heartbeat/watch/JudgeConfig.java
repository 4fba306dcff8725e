package dev.heartbeat.watch;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What does it take to change a health, and what of it is news? */
public interface JudgeConfig {
    /** How many failures? */
    @ConfigMapping(prefix = "failures")
    interface Failures {
        /** So many in a row turn UP into DOWN: a number for all, and {@code pattern=number} for some. */
        @WithDefault("1")
        String beforeDown();
    }

    /** How many successes? */
    @ConfigMapping(prefix = "successes")
    interface Successes {
        /** So many in a row turn DOWN into UP, written likewise. */
        @WithDefault("1")
        String beforeUp();
    }

    /** What changes too often to be judged? */
    @ConfigMapping(prefix = "flap")
    interface Flap {
        /** {@code off}, or {@code changes/observations}; and {@code pattern=} either for some. */
        @WithDefault("off")
        String detection();
    }

    /** What is told? */
    @ConfigMapping(prefix = "news")
    interface News {
        /** What is older when it is heard is history. */
        @WithDefault("1h")
        Duration maxAge();

        /** When more than that share of a source's targets change in one heartbeat, that is one piece of news. */
        @WithDefault("0.5")
        double massShare();
    }
}
