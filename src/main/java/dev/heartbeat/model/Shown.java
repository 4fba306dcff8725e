package dev.heartbeat.model;

import java.time.Instant;

/** What do PH's keys say of one name: which word, and of when? */
public record Shown(boolean ok, Instant at) {
    /** What two contributors say together, either of them null: the worse word, and the newest instant that goes with it. */
    public static Shown worse(Shown one, Shown other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        if (one.ok != other.ok) {
            return one.ok ? other : one;
        }
        return other.at.isAfter(one.at) ? other : one;
    }

    /** Whether both say the same word, or nothing. */
    public static boolean sameWord(Shown one, Shown other) {
        return one == null || other == null ? one == other : one.ok == other.ok;
    }
}
