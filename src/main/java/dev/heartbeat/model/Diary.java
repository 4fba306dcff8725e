package dev.heartbeat.model;

import static dev.heartbeat.model.Minutes.mask;
import static dev.heartbeat.model.Minutes.minute;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Of what is a target's uptime made? Together with the minutes in which its groups were heard, which the source keeps.
 *
 * @param known since when it is known: before that it was neither up nor down; null when nobody wrote it down (an older
 *        version)
 * @param stays the groups that it was in before the present one, oldest first, the newest few
 * @param down the minutes in which it was seen down; each is one in which its group was heard
 * @param gap the minutes in which its group was heard and it was not seen, or the source could not tell; of a closed day, by
 *        how many it was observed less than the group that it was in when the day began (more, when negative)
 */
public record Diary(Instant known, List<Stay> stays, Minutes down, Minutes gap) {
    public static final Diary EMPTY = new Diary(null, List.of(), Minutes.NONE, Minutes.NONE);
    private static final int STAYS_KEPT = 4;

    /** Until when was a target in a group? */
    public record Stay(String group, Instant until) {
    }

    public Diary {
        stays = List.copyOf(stays);
        Objects.requireNonNull(down);
        Objects.requireNonNull(gap);
    }

    /** Whether it was known at that instant. */
    boolean knows(Instant at) {
        return known == null || !at.isBefore(known);
    }

    /** Whether that instant is in the stay that still lasts. */
    boolean isOfPresent(Instant at) {
        return stays.isEmpty() || !at.isBefore(stays.get(stays.size() - 1).until());
    }

    /** The group that it was in, where {@code present} is the one that it is in now. */
    String group(Instant at, String present) {
        return group(stay(at), present);
    }

    /** Whether both say the same but for the minutes, which a store keeps beside. */
    boolean isOfSameTimeAs(Diary other) {
        return this == other || Objects.equals(known, other.known) && stays.equals(other.stays);
    }

    /** Whether it was ever in that group before the present one. */
    boolean wasIn(String group) {
        return stays.stream().anyMatch(stay -> stay.group().equals(group));
    }

    /** The minutes of an open hour in which it was observed: bit 0 is the first. */
    long observed(long hour, String present, Map<String, Minutes> heard) {
        long bits = 0;
        long begin = Long.MIN_VALUE;
        for (Stay stay : stays) {
            long end = minute(stay.until());
            bits |= bits(hour, stay.group(), heard) & mask(hour, begin, end);
            begin = end;
        }
        bits |= bits(hour, present, heard) & (stays.isEmpty() ? -1 : mask(hour, begin, Long.MAX_VALUE));
        return (bits & ~gap.bits(hour) | down.bits(hour)) & whileKnown(hour);
    }

    /** The minutes of an open hour in which it was down. */
    long down(long hour) {
        return down.bits(hour) & whileKnown(hour);
    }

    private long whileKnown(long hour) {
        return known == null ? -1 : mask(hour, minute(known), Long.MAX_VALUE);
    }

    private static long bits(long hour, String group, Map<String, Minutes> heard) {
        return heard.getOrDefault(group, Minutes.NONE).bits(hour);
    }

    Diary with(Minutes newDown, Minutes newGap) {
        return newDown == down && newGap == gap ? this : new Diary(known, stays, newDown, newGap);
    }

    /** The diary of a target that left that group for another one at that instant. */
    Diary moved(String group, Instant at) {
        List<Stay> more = new ArrayList<>(stays);
        more.add(new Stay(group, at));
        return with(more);
    }

    /** The diary of a target that is known for longer than was thought: in that group, at that instant. */
    Diary knownIn(String group, Instant at, String present) {
        List<Stay> more = new ArrayList<>(stays);
        if (!group(0, present).equals(group)) {
            more.add(0, new Stay(group, known));
        }
        return new Diary(at, newest(more), down, gap);
    }

    /**
     * The diary of a target that was in that group at that instant, as is heard late; {@code newest} is when it was last seen
     * in the present one. A move that comes to light so is one between the stays that are known, or a visit in the present one.
     */
    Diary visited(String group, Instant at, String present, Instant newest) {
        int there = stay(at);
        List<Stay> more = new ArrayList<>(stays);
        if (there < stays.size() && group(there + 1, present).equals(group)) {
            more.set(there, new Stay(stays.get(there).group(), at));
        } else if (there == stays.size() && at.isBefore(newest)) {
            more.add(new Stay(present, at));
            more.add(new Stay(group, newest));
        }
        return with(more);
    }

    private Diary with(List<Stay> newStays) {
        return new Diary(known, newest(newStays), down, gap);
    }

    private static List<Stay> newest(List<Stay> stays) {
        return stays.size() <= STAYS_KEPT ? stays : stays.subList(stays.size() - STAYS_KEPT, stays.size());
    }

    private int stay(Instant at) {
        int index = 0;
        while (index < stays.size() && !at.isBefore(stays.get(index).until())) {
            index++;
        }
        return index;
    }

    private String group(int stay, String present) {
        return stay < stays.size() ? stays.get(stay).group() : present;
    }
}
