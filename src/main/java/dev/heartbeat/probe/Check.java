package dev.heartbeat.probe;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;

/** Which question is put to which address, and for which targets does it answer? */
public interface Check {
    /** The targets that every answer has a finding for. */
    Set<Target> targets();

    /** Of one try, name resolution included. */
    Duration timeout();

    /** Tries after the first that found a target not up. */
    int retries();

    /**
     * Puts the question once. Runs without blocking the caller; a cancelled subscription stops the work and closes what it
     * opened. A failure of the {@code Uni} is an answer too: {@link Failures} says which.
     */
    Uni<List<Finding>> ask();
}
