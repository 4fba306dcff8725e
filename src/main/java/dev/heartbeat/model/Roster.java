package dev.heartbeat.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Which targets does a source have while its heartbeats are folded, and which of them ride with their group? */
final class Roster {
    private final Map<Target, TargetState> stored;
    private final Map<Target, Slot> slots;
    private final Map<String, List<Slot>> riders = new HashMap<>();
    private final Set<Target> gone = new HashSet<>();
    private int asked;

    /** One target's place: its state, and what the heartbeat of that number says of it. */
    static final class Slot {
        final Target target;
        TargetState state;
        /** As the store has it; null when it was not known. */
        private final TargetState stored;
        /** As it was before the heartbeat that named it last; null when it was not known. */
        TargetState before;
        Observation said;
        /** The minutes that were marked last as those in which it was missing: marking them again changes nothing. */
        private long missedFrom = -1;
        private long missedTo;
        private int heartbeat;
        private int ridden;

        boolean hasMissed(long from, long to) {
            return missedFrom == from && missedTo == to;
        }

        void misses(long from, long to) {
            missedFrom = from;
            missedTo = to;
        }

        private Slot(Target target, TargetState state, TargetState stored) {
            this.target = target;
            this.state = state;
            this.stored = stored;
        }

        private boolean saysMoreThanStored() {
            return state != stored && !state.saysNoMoreThan(stored);
        }
    }

    /** @param stored the states that the store has */
    Roster(Map<Target, TargetState> stored) {
        this.stored = stored;
        slots = new HashMap<>(stored.size() * 2);
        stored.forEach((target, state) -> {
            Slot slot = new Slot(target, state, state);
            slots.put(target, slot);
            if (state.rides()) {
                riders.computeIfAbsent(state.group(), key -> new ArrayList<>()).add(slot);
            }
        });
    }

    /**
     * Who is in the heartbeat of that number? A name that occurs several times in it (PH's listeners on several queues) is one
     * target: the worst of its parts. The state of one that was not known before is null.
     */
    List<Slot> in(List<Observation> observations, int heartbeat) {
        asked = heartbeat;
        List<Slot> found = new ArrayList<>(observations.size());
        for (Observation observation : observations) {
            Slot slot = slots.get(observation.target());
            if (slot == null) {
                Target target = observation.target();
                slot = new Slot(target, adopted(target, heartbeat), stored.get(target));
                slots.put(slot.target, slot);
            }
            if (slot.heartbeat != heartbeat) {
                slot.heartbeat = heartbeat;
                slot.before = slot.state;
                slot.said = observation;
                found.add(slot);
            } else if (observation.outcome().isWorseThan(slot.said.outcome())) {
                slot.said = observation;
            }
        }
        return found;
    }

    /**
     * What PH's keys said of it, whatever kind of target it turns out to be; null when nothing was adopted, or when the
     * heartbeat has the adopted one as well.
     */
    private TargetState adopted(Target target, int heartbeat) {
        if (!PhKey.has(target)) {
            return null;
        }
        Target placeholder = PhKey.of(target).placeholder();
        Slot slot = slots.get(placeholder);
        if (slot == null || slot.heartbeat == heartbeat || !slot.state.adopted()) {
            return null;
        }
        remove(slot);
        return slot.state;
    }

    /**
     * These ride with the group from the heartbeat of that number on; who did and does no more keeps as its own what the group
     * said of it until now.
     */
    void ride(Group group, List<Slot> riding, int heartbeat) {
        List<Slot> former = riders.put(group.key(), riding);
        riding.forEach(slot -> slot.ridden = heartbeat);
        if (former == null) {
            return;
        }
        for (Slot slot : former) {
            if (slot.ridden != heartbeat && slot.state.rides() && slot.state.group().equals(group.key())) {
                slot.state = slot.state.alone(group);
            }
        }
    }

    /** Takes out whoever meets the condition; in the order of the targets. */
    List<Slot> remove(Predicate<Slot> condition) {
        List<Slot> removed = new ArrayList<>(slots.values());
        removed.removeIf(condition.negate());
        removed.sort(Comparator.comparing(slot -> slot.target));
        removed.forEach(this::remove);
        return removed;
    }

    /** Everybody. */
    Collection<Slot> slots() {
        return slots.values();
    }

    /** Whether that place is still its target's. */
    boolean has(Slot slot) {
        return slots.get(slot.target) == slot;
    }

    /** Whether the heartbeat that was asked for last names it. */
    boolean isNamed(Slot slot) {
        return slot.heartbeat == asked;
    }

    void remove(Slot slot) {
        slots.remove(slot.target);
        gone.add(slot.target);
    }

    int size() {
        return slots.size();
    }

    long count(Health health) {
        return slots.values().stream().filter(slot -> slot.state.health() == health).count();
    }

    /** The keys of the groups in which anyone is. */
    Set<String> groups() {
        Set<String> groups = new HashSet<>();
        slots.values().forEach(slot -> groups.add(slot.state.group()));
        return groups;
    }

    Map<Target, TargetState> states() {
        Map<Target, TargetState> states = new HashMap<>(slots.size() * 2);
        slots.forEach((target, slot) -> states.put(target, slot.state));
        return states;
    }

    /** Of whom the store must be told. */
    Set<Target> touched() {
        Set<Target> touched = new HashSet<>();
        for (Slot slot : slots.values()) {
            if (slot.saysMoreThanStored()) {
                touched.add(slot.target);
            }
        }
        for (Target target : gone) {
            if (stored.containsKey(target) && !slots.containsKey(target)) {
                touched.add(target);
            }
        }
        return touched;
    }
}
