package dev.heartbeat.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is in a group, or was not long ago? Made when it is first asked: most batches come from a source whose groups are few.
 */
final class Membership {
    private final Roster roster;
    private Map<String, Members> members;

    /** Who is in one group, and of whom those minutes do not say yet that they were missing. */
    private static final class Members {
        private final List<Roster.Slot> all = new ArrayList<>();
        private final List<Roster.Slot> open = new ArrayList<>();
        private long from = -1;
        private long to;

        void add(Roster.Slot slot) {
            all.add(slot);
            open.add(slot);
        }

        List<Roster.Slot> open(long newFrom, long newTo) {
            if (from != newFrom || to != newTo) {
                from = newFrom;
                to = newTo;
                open.clear();
                open.addAll(all);
            }
            open.removeIf(slot -> slot.hasMissed(newFrom, newTo));
            return open;
        }
    }

    Membership(Roster roster) {
        this.roster = roster;
    }

    /**
     * Who of them is not in the heartbeat that the roster was asked for last; also who was in that group before. Without those
     * of whom these minutes say so already: there may be thousands that never come again.
     */
    List<Roster.Slot> missing(String group, long from, long to) {
        List<Roster.Slot> missing = new ArrayList<>(0);
        for (Roster.Slot slot : of(group).open(from, to)) {
            if (!roster.isNamed(slot) && roster.has(slot)) {
                missing.add(slot);
            }
        }
        return missing;
    }

    /** From now on this one is asked for as well. */
    void join(Roster.Slot slot, String group) {
        of(group).add(slot);
    }

    private Members of(String group) {
        if (members == null) {
            members = new HashMap<>();
            roster.slots().forEach(this::joinAll);
        }
        return members.computeIfAbsent(group, key -> new Members());
    }

    private void joinAll(Roster.Slot slot) {
        if (slot.before == null && roster.isNamed(slot)) {
            return;
        }
        members.computeIfAbsent(slot.state.group(), key -> new Members()).add(slot);
        slot.state.diary().stays().forEach(stay -> members.computeIfAbsent(stay.group(), key -> new Members()).add(slot));
    }
}
