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
    private final Roster roster;
    private final Map<String, Group> groups;
    /** The keys of those that are silent: there may be thousands that are not. */
    private final Set<String> silent = new HashSet<>();
    private final Diaries diaries;
    private final Map<Target, TargetState> retired = new HashMap<>();
    private final Set<Target> seen = new HashSet<>();
    private final List<Transition> transitions = new ArrayList<>();
    private Speaker speaker;
    private String config;
    private Mark listed;
    private List<Long> prints;
    private int heartbeats;
    private int repeated;
    private int late;
    private boolean headChanged;
    /** Whether all targets of a silent group may have left it. */
    private boolean deserted = true;

    Hearing(SourceState base, Policy policy) {
        this.base = base;
        this.policy = policy;
        this.roster = new Roster(base.targets());
        this.groups = new HashMap<>(base.groups());
        groups.values().stream().filter(group -> group.silent() != null).forEach(group -> silent.add(group.key()));
        this.diaries = new Diaries(base, roster, groups, policy);
        this.speaker = base.speaker();
        this.config = base.config();
        this.listed = base.listed();
        this.prints = base.prints();
    }

    void hear(Heard heard) {
        String key = Group.key(heard.heartbeat());
        Group group = groups.containsKey(key) ? groups.get(key) : Group.first(heard.heartbeat());
        if (isRepeat(heard, group)) {
            repeated++;
        } else {
            heartbeats++;
            hear(place(heard, group), heard.print());
        }
    }

    private void hear(Placed placed, long print) {
        Lull before = lull();
        News news = new News(base.source(), policy, placed.received(), before);
        Sighting sighting = new Sighting(placed, policy.judging());
        List<Roster.Slot> riding = new ArrayList<>(placed.heartbeat().observations().size());
        diaries.turnTo(placed);
        List<Roster.Slot> named = roster.in(placed.heartbeat().observations(), heartbeats);
        for (Roster.Slot slot : named) {
            if (apply(slot, sighting, news)) {
                riding.add(slot);
            }
        }
        diaries.write(placed, named, listed);
        if (placed.newest()) {
            Group group = placed.group();
            remember(placed, print);
            roster.ride(group, riding, heartbeats);
            groups.put(group.key(),
                    placed.live() ? group.heard(placed.received(), placed.mark()) : group.passed(placed.mark()));
            if (placed.live()) {
                silent.remove(group.key());
            }
            headChanged = true;
        } else {
            late++;
        }
        if (placed.heartbeat().targets() != null && placed.mark().isNewerThan(listed)) {
            retireAllBut(placed.heartbeat().targets(), placed.mark(), news);
            config = placed.heartbeat().config();
            listed = placed.mark();
            headChanged = true;
        }
        if (placed.newest() && placed.live()) {
            wake(before, news);
        }
        news.tell(transitions, placed.mark().at(), roster.size());
    }

    /** Whether the source as a whole is heard again: a part of its silence that is left began when the first did. */
    private void wake(Lull before, News news) {
        forgetDesertedGroups();
        Lull after = before == null ? null : lull();
        if (before != null && after == null) {
            news.heardAgain(before, roster.count(Health.STALE), roster.size());
        } else if (before != null && after.since().isAfter(before.since())) {
            silent.forEach(key -> groups.computeIfPresent(key,
                    (same, group) -> group.isMissed() ? group.silentSince(before.since()) : group));
        }
    }

    private Lull lull() {
        return silent.isEmpty() ? null : Lull.of(silent.stream().map(groups::get).toList());
    }

    /** What all heartbeats so far change together. */
    Change change() {
        Set<Target> touched = roster.touched();
        touched.addAll(retired.keySet());
        if (!headChanged && touched.isEmpty() && !diaries.hasChanged()) {
            return Change.none(base, repeated, late);
        }
        Map<Target, TargetState> targets = roster.states();
        SourceState next = new SourceState(base.source(), base.version() + 1, speaker, groups, config, listed, prints, targets,
                diaries.heard(), diaries.closed());
        return new Change(base, next, touched, retired, seen, transitions, diaries.marked(targets.keySet()),
                repeated, late);
    }

    /** A silent group whose targets have all gone to another interval, or are no more, is no news any more. */
    private void forgetDesertedGroups() {
        if (deserted && !silent.isEmpty()) {
            silent.retainAll(roster.groups());
            groups.values().removeIf(group -> group.silent() != null && !silent.contains(group.key()));
        }
        deserted = false;
    }

    /** Messages of a boot are told apart by their sequence, those of PH by their bodies within its newest second. */
    private boolean isRepeat(Heard heard, Group group) {
        Heartbeat heartbeat = heard.heartbeat();
        return heartbeat.boot() == null ? heartbeat.at() != null && prints.contains(heard.print())
                : isOfBoot(heartbeat, group.mark()) && heartbeat.sequence() == group.mark().sequence();
    }

    /** Learns of the one who speaks, unless it said something newer before, and finds the heartbeat's place in time. */
    private Placed place(Heard heard, Group group) {
        Heartbeat heartbeat = heard.heartbeat();
        Instant said = heartbeat.at() == null ? heard.received() : heartbeat.at();
        Duration limit = group.patience(policy);
        boolean past = isOfBoot(heartbeat, group.mark()) && heartbeat.sequence() < group.mark().sequence()
                || speaker.hasSucceeded(heartbeat, said);
        if (!past) {
            speaker = speaker.hear(heard, said, limit);
            headChanged = true;
        }
        return Placed.of(heard, said, group, speaker.correction(limit), limit);
    }

    private static boolean isOfBoot(Heartbeat heartbeat, Mark mark) {
        return heartbeat.boot() != null && mark != null && heartbeat.boot().equals(mark.boot());
    }

    private void remember(Placed placed, long print) {
        if (placed.heartbeat().boot() != null) {
            return;
        }
        Mark newest = placed.group().mark();
        List<Long> kept = new ArrayList<>();
        if (newest != null && newest.at().equals(placed.mark().at())) {
            kept.addAll(prints.size() < PRINTS_KEPT ? prints : prints.subList(1, prints.size()));
        }
        kept.add(print);
        prints = kept;
    }

    /** Whether the target's state is now what the heartbeat says; not where something newer is known. */
    private boolean apply(Roster.Slot slot, Sighting sighting, News news) {
        TargetState before = slot.state;
        Placed placed = sighting.in();
        Mark mark = placed.mark(slot.said);
        if (!isNewer(mark, slot, placed)) {
            if (before == null) {
                roster.remove(slot);
            }
            return false;
        }
        seen.add(slot.target);
        retired.remove(slot.target);
        Group own = before == null ? null : groups.get(before.group());
        slot.state = before == null ? sighting.first(slot.said.outcome(), mark) : sighting.next(before, own, slot.said, mark);
        deserted |= before != null && !before.group().equals(slot.state.group());
        news.seen(slot.target, before, own, slot.state);
        return true;
    }

    private boolean isNewer(Mark mark, Roster.Slot slot, Placed placed) {
        TargetState before = slot.state;
        if (before == null) {
            // What was said before the newest list is of a target that was retired by it, or comes again soon.
            return listed == null || mark.isNewerForCertainThan(listed);
        }
        if (before.adopted()) {
            // PH's keys are instants of its clock, and no promise when they lie in the future.
            Instant key = before.mark().at();
            return !slot.said.at().isBefore(key) || key.isAfter(placed.received().plus(Speaker.TOLERANCE));
        }
        Mark newest = before.newest(groups.get(before.group()));
        return placed.newest() ? mark.isNewerThan(newest) : mark.isNewerForCertainThan(newest);
    }

    private void retireAllBut(Set<Target> named, Mark mark, News news) {
        Set<PhKey> keys = new HashSet<>();
        named.stream().filter(PhKey::has).forEach(target -> keys.add(PhKey.of(target)));
        for (Roster.Slot slot : roster.remove(slot -> !NamedCheck.isIn(named, slot.target) && isOver(slot, keys, mark))) {
            retired.put(slot.target, slot.state);
            seen.add(slot.target);
            deserted = true;
            news.retired(slot.target, slot.state, mark.at());
        }
    }

    /** Not where something newer than the list is known, nor while a PH key waits for its target, which the list names. */
    private boolean isOver(Roster.Slot slot, Set<PhKey> keys, Mark list) {
        Mark newest = slot.state.newest(groups.get(slot.state.group()));
        return (list.equals(newest) || !newest.isNewerThan(list))
                && !(slot.state.adopted() && keys.contains(PhKey.of(slot.target)));
    }
}
