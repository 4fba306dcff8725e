package dev.heartbeat.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Of what is a target's uptime made? Together with the minutes in which its groups were heard, which the source keeps.
 *
 * @param known since when it is known: before that it was neither up nor down; null when nobody wrote it down (an older
 *        version)
 * @param stays the groups that it was in before the present one, oldest first, the newest few
 * @param down the minutes in which it was seen down; each is one in which its group was heard
 * @param gap the minutes in which its group was heard and it was not seen, or the source could not tell
 */
public record Diary(Instant known, List<Stay> stays, Minutes down, Minutes gap) {
    public static final Diary EMPTY = new Diary(null, List.of(), Minutes.NONE, Minutes.NONE);

    /** Until when was a target in a group? */
    public record Stay(String group, Instant until) {
    }

    public Diary {
        stays = List.copyOf(stays);
        Objects.requireNonNull(down);
        Objects.requireNonNull(gap);
    }
}
