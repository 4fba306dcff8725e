package dev.heartbeat.model;

import java.util.Objects;

/** Which transition happened, and under which id is it known? Ids are texts that nobody needs to understand. */
public record Happening(String id, Transition transition) {
    public Happening {
        Objects.requireNonNull(id);
        Objects.requireNonNull(transition);
    }
}
