package dev.heartbeat.probe;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;

/** Which question is put to which address, and for which targets does it answer? */
public interface Check {
    /** The targets that every answer has a finding for; an answer may have brought more than there were before. */
    Set<Target> targets();

    /**
     * Those of its targets that only answers have brought, for lists of all targets; those that the targets file names are no
     * part of it.
     */
    default Set<Target> discovered() {
        return Set.of();
    }

    /** What is found when there is no answer: the same of every target, unless that would claim too much. */
    default List<Finding> unanswered(Outcome outcome) {
        return Finding.ofAll(this, outcome);
    }

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
