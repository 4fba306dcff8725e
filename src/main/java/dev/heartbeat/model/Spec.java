package dev.heartbeat.model;

import java.util.Set;

/** What does one entry of the targets file ask for? A new probe brings a record of its own. */
public interface Spec {
    /** The targets that the entry's answer is about; never empty. */
    Set<Target> targets();

    Pace pace();
}
