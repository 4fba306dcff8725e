package dev.heartbeat.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must have happened, when not all of it is kept? What the states of all sources say is put as history, so that what is
 * over
 * is resolved, and what is not up is told as a present fact.
 */
final class MissedHappenings {
    private final String after;
    private final Instant now;
    private final List<Happening> happenings = new ArrayList<>();

    /** @param after the id after which something is missing */
    MissedHappenings(String after, Instant now) {
        this.after = after;
        this.now = now;
    }

    List<Happening> of(OpenAlerts open, Collection<SourceState> states) {
        Map<String, SourceState> bySource = new HashMap<>();
        states.forEach(state -> bySource.put(state.source(), state));
        gone(open, bySource);
        states.forEach(this::of);
        return happenings;
    }

    private void gone(OpenAlerts open, Map<String, SourceState> states) {
        Map<String, Set<Target>> subjects = new LinkedHashMap<>();
        open.single().keySet().forEach(subject -> subjects.computeIfAbsent(subject.source(), source -> new LinkedHashSet<>())
                .add(subject.target()));
        open.masses().values().forEach(mass -> subjects
                .computeIfAbsent(mass.alert().source(), source -> new LinkedHashSet<>()).addAll(mass.parts()));
        subjects.forEach((source, targets) -> targets.forEach(target -> {
            SourceState state = states.get(source);
            if (state == null || target != null && !state.targets().containsKey(target)) {
                add(source, target, Health.DOWN, null, now, Reason.RETIRED, null);
            }
        }));
    }

    private void of(SourceState state) {
        Instant silent = state.groups().values().stream().map(Group::silent).filter(java.util.Objects::nonNull)
                .min(Instant::compareTo).orElse(null);
        if (silent == null) {
            add(state.source(), null, Health.STALE, Health.UP, now, null, null);
        } else {
            add(state.source(), null, Health.UP, Health.STALE, silent, Reason.SILENT, null);
        }
        state.targets().forEach((target, known) -> {
            if (known.health() == Health.UP) {
                add(state.source(), target, Health.DOWN, Health.UP, known.since(), null, null);
            } else if (known.health() != Health.STALE || silent == null) {
                add(state.source(), target, null, known.health(), known.since(), known.reason(), known.detail());
            }
        });
    }

    private void add(String source, Target target, Health from, Health to, Instant at, Reason reason, String detail) {
        happenings.add(new Happening(after + "." + (happenings.size() + 1),
                new Transition(source, target, from, to, at, reason, detail, null, Telling.PAST)));
    }
}
