package dev.heartbeat.web;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who may look, and how many at a time? */
@ConfigMapping(prefix = "web")
public interface WebConfig {
    /** Whom page and API ask for; empty for nobody: they are open. */
    Optional<String> user();

    /** The user's password. */
    Optional<String> password();

    /** So many event streams may be open at a time; each open page has one. */
    @WithDefault("1000")
    int streams();
}
