package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What do heartbeats, one after the other, make of a source's state? Holds what has changed so far; used once, by one thread.
 */
final class Hearing {
    /** So many bodies without boot (PH) are told from their repeats within one of their seconds. */
    private static final int PRINTS_KEPT = 64;

    private final SourceState base;
    private final Policy policy;
    private final Map<Target, Slot> slots;
    private final Map<String, Group> groups;
    private final Map<String, List<Slot>> riders = new HashMap<>();
    private final Map<Target, TargetState> retired = new HashMap<>();
    private final Set<Target> seen = new HashSet<>();
    private final List<Transition> transitions = new ArrayList<>();
    private Speaker speaker;
    private String config;
    private Mark listed;
    private List<Long> prints;
    private int heartbeats;

    /** One target's place in the fold: its state, and what the heartbeat at hand says of it. */
    private static final class Slot {
        final Target target;
        TargetState state;
        Observation said;
        int heartbeat;

        Slot(Target target, TargetState state) {
            this.target = target;
            this.state = state;
        }
    }

    Hearing(SourceState base, Policy policy) {
        this.base = base;
        this.policy = policy;
        this.groups = new HashMap<>(base.groups());
        this.slots = new HashMap<>(base.targets().size() * 2);
        this.speaker = base.speaker();
        this.config = base.config();
        this.listed = base.listed();
        this.prints = base.prints();
        base.targets().forEach((target, state) -> {
            Slot slot = new Slot(target, state);
            slots.put(target, slot);
            if (state.rides()) {
                riders.computeIfAbsent(state.group(), key -> new ArrayList<>()).add(slot);
            }
        });
    }

    void hear(Heard heard) {
        Heartbeat heartbeat = heard.heartbeat();
        Instant said = heartbeat.at() == null ? heard.received() : heartbeat.at();
        Group group = groups.get(Group.key(heartbeat));
        group = group == null ? Group.first(heartbeat) : group;
        if (isRepeat(heard, group)) {
            return;
        }
        heartbeats++;
        Duration limit = group.patience(policy);
        remember(heard, said);
        speaker = speaker.hear(heard, said, limit);
        Duration correction = speaker.correction(limit);
        Mark mark = mark(heartbeat, said, correction, heard.received());
        boolean live = Duration.between(mark.at(), heard.received()).compareTo(limit) <= 0;
        List<Slot> riding = slotsOf(heartbeat.observations());
        for (Slot slot : riding) {
            Mark own = mark(heartbeat, slot.said.at(), correction, heard.received());
            apply(slot, own, group, live, heard.received());
        }
        if (mark.isNewerThan(group.mark())) {
            leaveBehind(group, riding);
            groups.put(group.key(), live ? group.heard(heard.received(), mark) : group.passed(mark));
        }
        if (heartbeat.targets() != null && mark.isNewerThan(listed)) {
            retireAllBut(heartbeat.targets(), mark);
            config = heartbeat.config();
            listed = mark;
        }
    }

    /** What all heartbeats so far change together. */
    Change change() {
        if (heartbeats == 0) {
            return Change.none(base);
        }
        Map<Target, TargetState> targets = new HashMap<>(slots.size() * 2);
        Set<Target> touched = new HashSet<>();
        slots.forEach((target, slot) -> {
            targets.put(target, slot.state);
            TargetState stored = base.targets().get(target);
            if (slot.state != stored && !slot.state.saysNoMoreThan(stored)) {
                touched.add(target);
            }
        });
        for (Target target : base.targets().keySet()) {
            if (!targets.containsKey(target)) {
                touched.add(target);
            }
        }
        SourceState next = new SourceState(base.source(), base.version() + 1, speaker, groups, config, listed, prints, targets);
        return new Change(base, next, touched, retired, seen, transitions);
    }

    /** Messages of a boot are told apart by their sequence, those of PH by their bodies within its newest second. */
    private boolean isRepeat(Heard heard, Group group) {
        Heartbeat heartbeat = heard.heartbeat();
        Mark newest = group.mark();
        return heartbeat.boot() == null ? heartbeat.at() != null && prints.contains(heard.print())
                : newest != null && heartbeat.boot().equals(newest.boot()) && heartbeat.sequence() == newest.sequence();
    }

    private void remember(Heard heard, Instant said) {
        int order = speaker.said() == null ? 1 : said.compareTo(speaker.said());
        if (heard.heartbeat().boot() != null || order < 0) {
            return;
        }
        List<Long> kept = new ArrayList<>();
        if (order == 0) {
            kept.addAll(prints.size() < PRINTS_KEPT ? prints : prints.subList(1, prints.size()));
        }
        kept.add(heard.print());
        prints = kept;
    }

    private static Mark mark(Heartbeat heartbeat, Instant said, Duration correction, Instant received) {
        Instant at = correction.isZero() ? said : said.plus(correction);
        return new Mark(at.isAfter(received.plus(Speaker.TOLERANCE)) ? received : at, heartbeat.boot(), heartbeat.sequence());
    }

    /**
     * A name that occurs several times in one heartbeat (PH's listeners on several queues) is one target: the worst of its
     * parts.
     */
    private List<Slot> slotsOf(List<Observation> observations) {
        List<Slot> found = new ArrayList<>(observations.size());
        for (Observation observation : observations) {
            Slot slot = slots.get(observation.target());
            if (slot == null) {
                slot = new Slot(observation.target(), adopted(observation.target()));
                slots.put(slot.target, slot);
            }
            if (slot.heartbeat != heartbeats) {
                slot.heartbeat = heartbeats;
                slot.said = observation;
                found.add(slot);
            } else if (observation.outcome().isWorseThan(slot.said.outcome())) {
                slot.said = observation;
            }
        }
        return found;
    }

    /** What PH's keys said of a service, whatever kind of target it turns out to be; null when nothing was adopted. */
    private TargetState adopted(Target target) {
        if (target.kind() == Kind.QUEUE || target.kind() == Kind.HOST && !PhKey.alters(target)) {
            return null;
        }
        Target placeholder = new Target(Kind.HOST, PhKey.of(target).name());
        Slot slot = slots.get(placeholder);
        return slot != null && slot.state != null && slot.state.adopted() ? slots.remove(placeholder).state : null;
    }

    private void apply(Slot slot, Mark mark, Group group, boolean live, Instant received) {
        TargetState before = slot.state;
        Group known = before == null ? null : groups.get(before.group());
        if (before != null && !mark.isNewerThan(before.newest(known))) {
            return;
        }
        seen.add(slot.target);
        slot.state = before == null ? Sighting.first(slot.said.outcome(), mark, group.key(), live, received)
                : Sighting.next(before, known, slot.said.outcome(), mark, group.key(), live, received);
        boolean neverLive = before == null || before.health() == Health.STALE && group.heard() == null && !before.adopted();
        Health from = neverLive ? null : before.health();
        Health to = slot.state.health();
        boolean news = neverLive ? to != Health.UP && to != Health.STALE : from != to;
        if (news) {
            transitions.add(new Transition(base.source(), slot.target, from, to, slot.state.since(), slot.state.reason(),
                    slot.state.detail()));
        }
    }

    /** Who rode with the group and is not in its newest heartbeat keeps as its own what the group said of it until now. */
    private void leaveBehind(Group group, List<Slot> riding) {
        List<Slot> former = riders.put(group.key(), riding);
        if (former == null) {
            return;
        }
        for (Slot slot : former) {
            if (slot.heartbeat != heartbeats && slot.state.rides() && slot.state.group().equals(group.key())) {
                slot.state = slot.state.alone(group);
            }
        }
    }

    private void retireAllBut(Set<Target> named, Mark mark) {
        for (Slot slot : new ArrayList<>(slots.values())) {
            Mark newest = slot.state.newest(groups.get(slot.state.group()));
            if (!named.contains(slot.target) && (mark.equals(newest) || !newest.isNewerThan(mark))) {
                slots.remove(slot.target);
                retired.put(slot.target, slot.state);
                seen.add(slot.target);
                transitions.add(new Transition(base.source(), slot.target, slot.state.health(), null, mark.at(), Reason.RETIRED,
                        "the source's newest list of targets does not name it"));
            }
        }
    }
}
