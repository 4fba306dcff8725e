package dev.heartbeat.store;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where is Redis, who are we to it, and how are PH's keys laid out there? */
@ConfigMapping(prefix = "redis")
public interface StoreConfig {
    @WithDefault("redis")
    String host();

    @WithDefault("6379")
    int port();

    @WithDefault("0")
    int db();

    /** Redis' own default user when absent. */
    Optional<String> username();

    Optional<String> password();

    @WithDefault("false")
    boolean tls();

    /** Whose certificates to trust; the system's when absent. */
    Optional<String> caCertPath();

    @WithDefault("reader-safe")
    Layout layout();

    /** So many transitions are kept for whoever tells them. */
    @WithDefault("10000")
    int outboxLength();
}
