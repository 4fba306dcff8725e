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
    private Map<String, List<Roster.Slot>> members;

    Membership(Roster roster) {
        this.roster = roster;
    }

    /** Who of them is not in the heartbeat that the roster was asked for last; also who was in that group before. */
    List<Roster.Slot> missing(String group) {
        List<Roster.Slot> missing = new ArrayList<>(0);
        for (Roster.Slot slot : of(group)) {
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

    private List<Roster.Slot> of(String group) {
        if (members == null) {
            members = new HashMap<>();
            roster.slots().forEach(this::joinAll);
        }
        return members.computeIfAbsent(group, key -> new ArrayList<>());
    }

    private void joinAll(Roster.Slot slot) {
        if (slot.before == null && roster.isNamed(slot)) {
            return;
        }
        members.computeIfAbsent(slot.state.group(), key -> new ArrayList<>()).add(slot);
        slot.state.diary().stays().forEach(stay -> members.computeIfAbsent(stay.group(), key -> new ArrayList<>()).add(slot));
    }
}
