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
}
