package dev.heartbeat.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Of how much do the metrics tell one by one? */
@ConfigMapping(prefix = "metrics")
public interface MetricsConfig {
    /** So many targets have a health of their own in them; {@code 0} for none. */
    @WithDefault("1000")
    int targets();
}
