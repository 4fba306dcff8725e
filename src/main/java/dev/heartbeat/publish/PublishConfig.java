package dev.heartbeat.publish;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** How often is published, and how much may wait while the link is down? */
@ConfigMapping(prefix = "publish")
public interface PublishConfig {
    /** Of what names no interval of its own, as PH's; zero for rounds back to back. */
    @WithDefault("60")
    @WithConverter(IntervalConverter.class)
    Duration interval();

    /** So many heartbeats wait at most; then the oldest is dropped. */
    @WithDefault("1000")
    int bufferCount();

    /** So many bytes wait at most; then the oldest heartbeat is dropped. */
    @WithDefault("16777216")
    long bufferBytes();
}
