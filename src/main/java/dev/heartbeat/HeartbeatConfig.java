package dev.heartbeat;

import java.util.Optional;

import dev.heartbeat.model.SourceState;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What runs, and under which name does it speak? */
@ConfigMapping(prefix = "heartbeat")
interface HeartbeatConfig {
    /** publisher, subscriber or standalone; empty lets the environment decide, see {@link Mode}. */
    Optional<String> mode();

    /** The name under which a publisher speaks; PH's own, so that a publisher in its place continues its state. */
    @WithDefault(SourceState.DEFAULT_SOURCE)
    String source();

    /** rabbitmq, kafka or memory; empty lets the mode decide, see {@link Choice}. */
    Optional<Transport> transport();

    /** redis, postgresql and memory, with commas; empty lets the mode decide, see {@link Choice}. */
    Optional<String> store();

    /** How much is told? */
    @ConfigMapping(prefix = "log")
    interface Log {
        /** From which level on; Python's words are taken too. */
        @WithDefault("INFO")
        LogLevel level();

        /** In text, or each line a JSON object. */
        @WithDefault("text")
        LogFormat format();
    }
}
