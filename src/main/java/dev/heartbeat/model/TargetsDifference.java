package dev.heartbeat.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What does a targets file ask otherwise than the one before? Every target of the two is in one of the four. */
public record TargetsDifference(Set<Target> added, Set<Target> removed, Set<Target> changed, Set<Target> unchanged) {
    public TargetsDifference {
        added = sorted(added);
        removed = sorted(removed);
        changed = sorted(changed);
        unchanged = sorted(unchanged);
    }

    /** A target that several entries speak of has changed when any of them has. */
    public static TargetsDifference of(Targets before, Targets after) {
        Map<Target, Set<Spec>> former = entries(before);
        Map<Target, Set<Spec>> now = entries(after);
        Set<Target> added = new HashSet<>(now.keySet());
        added.removeAll(former.keySet());
        Set<Target> removed = new HashSet<>(former.keySet());
        removed.removeAll(now.keySet());
        Set<Target> changed = new HashSet<>(now.keySet());
        changed.removeIf(target -> added.contains(target) || now.get(target).equals(former.get(target)));
        Set<Target> unchanged = new HashSet<>(now.keySet());
        unchanged.removeAll(added);
        unchanged.removeAll(changed);
        return new TargetsDifference(added, removed, changed, unchanged);
    }

    /** Whether both ask the same. */
    public boolean isNone() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }

    private static Map<Target, Set<Spec>> entries(Targets targets) {
        Map<Target, Set<Spec>> entries = new HashMap<>();
        targets.specs().forEach(spec -> spec.targets()
                .forEach(target -> entries.computeIfAbsent(target, unseen -> new HashSet<>()).add(spec)));
        return entries;
    }

    private static Set<Target> sorted(Set<Target> targets) {
        return java.util.Collections.unmodifiableSet(new TreeSet<>(targets));
    }
}
