package dev.heartbeat.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of one source? A value: {@link #hear} and {@link #judge} say what would change, and change nothing.
 *
 * @param version counts the committed changes; 0 for a source that no store knows
 * @param config hash of the configuration that the newest list of targets came with; null when none came
 * @param listed mark of the heartbeat with that list; null when none came
 * @param targets handed over: whoever makes a state does not change the map any more, which saves a copy of thousands
 * @param heard the minutes in which each group was heard, by its key; also of groups that are no more
 * @param closed the hour (since 1970, UTC) before which minutes are only counted per day
 * @param prints of the newest bodies without boot (PH) that share its newest instant: a repeat among them changes nothing
 */
public record SourceState(String source, long version, Speaker speaker, Map<String, Group> groups, String config, Mark listed,
        List<Long> prints, Map<Target, TargetState> targets, Map<String, Minutes> heard, long closed) {
    /** The source of every body that names none (PH), and of a publisher that nobody named. */
    public static final String DEFAULT_SOURCE = "publisher";

    public SourceState {
        Objects.requireNonNull(source);
        Objects.requireNonNull(speaker);
        groups = Map.copyOf(groups);
        prints = List.copyOf(prints);
        targets = Collections.unmodifiableMap(targets);
        heard = Map.copyOf(heard);
    }

    /** A source of which no minute was heard. */
    public SourceState(String source, long version, Speaker speaker, Map<String, Group> groups, String config, Mark listed,
            List<Long> prints, Map<Target, TargetState> targets) {
        this(source, version, speaker, groups, config, listed, prints, targets, Map.of(), 0);
    }

    /** What is known of a source that nobody has heard. */
    public static SourceState unheard(String source) {
        return new SourceState(source, 0, Speaker.NOBODY, Map.of(), null, null, List.of(), Map.of());
    }

    /** What these heartbeats change, one after the other: no transition between them is lost. */
    public Change hear(List<Heard> heartbeats, Policy policy) {
        Hearing hearing = new Hearing(this, policy);
        heartbeats.forEach(hearing::hear);
        return hearing.change();
    }

    /**
     * The dead-man switch: what silence changes.
     *
     * @param now on our clock
     * @param listening since when we could have heard: our own start, or the end of our own deafness
     */
    public Change judge(Instant now, Instant listening, Policy policy) {
        return new Silence(this, policy).judge(now, listening);
    }

    /** When the target was last seen up; null when never. */
    public Instant lastUp(TargetState target) {
        return target.lastUp(groups.get(target.group()));
    }

    /** When the target was last seen down; null when never. */
    public Instant lastDown(TargetState target) {
        return target.lastDown(groups.get(target.group()));
    }

    /** When the target's newest observation was made, whatever it was. */
    public Instant lastSeen(TargetState target) {
        return target.newest(groups.get(target.group())).at();
    }

    /**
     * What taking PH's keys over makes of this state: services and queues that it does not know yet.
     *
     * @param keys last seen ok and not ok by key, an entry null where the key is absent
     */
    public Change adopt(Map<PhKey, Adopted> keys) {
        Map<Target, TargetState> next = new HashMap<>(targets);
        Set<Target> touched = new HashSet<>();
        Set<PhKey> known = targets.keySet().stream().filter(PhKey::has).map(PhKey::of).collect(Collectors.toSet());
        keys.forEach((key, times) -> {
            if (!known.contains(key)) {
                Target target = key.placeholder();
                next.put(target, TargetState.adopted(times.up(), times.down()));
                touched.add(target);
            }
        });
        return touched.isEmpty() ? Change.none(this)
                : new Change(this, with(groups, next), touched, Map.of(), touched, List.of());
    }

    /** What dropping these targets by hand changes: whoever still says something of them brings them back. */
    public Change retire(Set<Target> dropped, Instant now) {
        Map<Target, TargetState> next = new HashMap<>(targets);
        Map<Target, TargetState> retired = new HashMap<>();
        List<Transition> transitions = new ArrayList<>();
        for (Target target : dropped) {
            TargetState state = next.remove(target);
            if (state != null) {
                retired.put(target, state);
                transitions.add(new Transition(source, target, state.health(), null, now, Reason.RETIRED, "by hand",
                        News.lasted(state.since(), now), Telling.NEWS));
            }
        }
        if (retired.isEmpty()) {
            return Change.none(this);
        }
        Map<String, Group> left = withoutDeserted(next);
        Lull over = Lull.of(left.values()) == null ? Lull.of(groups.values()) : null;
        if (over != null) {
            transitions.add(0, new Transition(source, null, Health.STALE, next.isEmpty() ? null : Health.UP, now,
                    next.isEmpty() ? Reason.RETIRED : null, "what was silent of it is retired", News.lasted(over.since(), now),
                    Telling.NEWS));
        }
        return new Change(this, with(left, next), retired.keySet(), retired, retired.keySet(), transitions);
    }

    /** A silent group without targets is nobody's silence. */
    private Map<String, Group> withoutDeserted(Map<Target, TargetState> left) {
        Set<String> used = left.values().stream().map(TargetState::group).collect(Collectors.toSet());
        Map<String, Group> kept = new HashMap<>(groups);
        kept.values().removeIf(group -> group.silent() != null && !used.contains(group.key()));
        return kept;
    }

    /** When do PH's keys say that a component was last ok and not ok? One of them may be null. */
    public record Adopted(Instant up, Instant down) {
    }

    SourceState with(Map<String, Group> newGroups, Map<Target, TargetState> newTargets) {
        return new SourceState(source, version + 1, speaker, newGroups, config, listed, prints, newTargets, heard, closed);
    }
}
