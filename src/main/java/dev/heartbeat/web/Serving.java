package dev.heartbeat.web;

import java.util.List;

/**
 * In which mode do we serve, and is there a state to be shown? A publisher has none: it knows its own newest rounds only.
 *
 * @param mode the word that the mode is set by, lower case
 */
public record Serving(String mode, boolean state) {
    private static final List<String> OF_STATE = List.of("", "/heartbeat", "/api/transitions", "/api/events", "/api/target");
    private static final List<String> UNDER = List.of("/targets/", "/badge/");

    /** Whether what is at that address shows a state that this mode does not have. */
    boolean lacks(String path) {
        return !state && (OF_STATE.contains(path.endsWith("/") ? path.substring(0, path.length() - 1) : path)
                || UNDER.stream().anyMatch(path::startsWith));
    }

    /** What to say of an address that this mode does not serve. */
    Problem refusal() {
        return new Problem(404,
                "this is a " + mode + " (HEARTBEAT_MODE): it shows what its newest rounds found, at /api/status;"
                        + " history, events and pages are served by a subscriber or a standalone");
    }
}
