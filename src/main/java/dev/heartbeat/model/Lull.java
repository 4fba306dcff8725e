package dev.heartbeat.model;

import java.time.Instant;
import java.util.Collection;

/**
 * Since when is a source silent, as a whole? From the first of its groups that is silent on until none is.
 *
 * @param since when the first of them was judged silent, on our clock
 * @param heard when the last of them was heard, on our clock
 */
record Lull(Instant since, Instant heard) {
    /** Null when none of these groups is missed. */
    static Lull of(Collection<Group> groups) {
        Lull lull = null;
        for (Group group : groups) {
            if (group.isMissed()) {
                lull = lull == null ? new Lull(group.silent(), group.heard())
                        : new Lull(group.silent().isBefore(lull.since) ? group.silent() : lull.since,
                                group.heard().isAfter(lull.heard) ? group.heard() : lull.heard);
            }
        }
        return lull;
    }

    /** Whether a group's silence is part of it, and not another's that was still heard when it had begun. */
    boolean takes(Group group) {
        return group.heard() == null || !group.heard().isAfter(since);
    }
}
