package dev.heartbeat.model;

import java.util.Set;

/** What does one entry of the targets file ask for? A new probe brings a record of its own. */
public interface Spec {
    /** The targets that the entry's answer is about; never empty. */
    Set<Target> targets();

    Pace pace();

    /** Where one of the targets is asked for what. */
    default Asked asked(Target target) {
        return new Asked(target.name(), null);
    }

    /** The topic of a log to which the observations of its targets go; null for the one that all go to. */
    default String topic() {
        return null;
    }
}
