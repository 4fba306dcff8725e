package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Whose silence has lasted too long? Judges one source at one instant; used once. */
final class Silence {
    private final SourceState base;
    private final Policy policy;
    private final Map<String, Group> groups;
    /** That is going on already; null when none is. */
    private final Lull former;
    private final Map<Target, TargetState> verdicts = new HashMap<>();
    private final List<Transition> parts = new ArrayList<>();
    private final List<Transition> own = new ArrayList<>();

    Silence(SourceState base, Policy policy) {
        this.base = base;
        this.policy = policy;
        this.groups = new HashMap<>(base.groups());
        this.former = Lull.of(base.groups().values());
    }

    Change judge(Instant now, Instant listening) {
        base.groups().values().forEach(group -> {
            if (group.silent() == null && isOver(group.heard(), listening, group.patienceForSilence(policy), now)) {
                fallSilent(group, now);
            }
        });
        if (base.groups().isEmpty() && isOver(null, listening, Group.UNHEARD.patienceForSilence(policy), now)) {
            adoptedFallSilent(now);
        }
        base.targets().forEach((target, state) -> judge(target, state, now, listening));
        if (verdicts.isEmpty() && groups.equals(base.groups())) {
            return Change.none(base);
        }
        Map<Target, TargetState> targets = new HashMap<>(base.targets());
        targets.putAll(verdicts);
        Set<Target> touched = new HashSet<>(verdicts.keySet());
        return new Change(base, base.with(groups, targets), touched, Map.of(), touched, transitions(now));
    }

    /** A group that all its targets have left is no more, unless it is all that is heard of the source. */
    private void fallSilent(Group group, Instant now) {
        boolean isUsed = base.targets().values().stream().anyMatch(state -> state.group().equals(group.key()));
        if (isUsed || base.groups().values().stream().noneMatch(other -> isHeardAfter(other.heard(), group.heard()))) {
            groups.put(group.key(), group.silentSince(now));
        } else {
            groups.remove(group.key());
        }
    }

    /** Nothing was ever heard of what PH's keys told of. */
    private void adoptedFallSilent(Instant now) {
        base.targets().values().stream()
                .map(state -> state.mark().at())
                .max(Comparator.naturalOrder())
                .map(newest -> Group.adopted(newest.isAfter(now) ? now : newest))
                .ifPresent(group -> groups.put(group.key(), group.silentSince(now)));
    }

    private static boolean isHeardAfter(Instant other, Instant heard) {
        return other != null && (heard == null || other.isAfter(heard));
    }

    private void judge(Target target, TargetState state, Instant now, Instant listening) {
        if (state.health() == Health.STALE) {
            return;
        }
        Group group = groups.get(state.group());
        Duration limit = (group == null ? Group.UNHEARD : group).patienceForSilence(policy);
        boolean groupSilent = group != null && group.silent() != null;
        boolean leftBehind = !state.rides() && isOver(state.mark().at(), listening, limit, now);
        if (groupSilent || leftBehind) {
            Instant heard = groupSilent && group.heard() != null ? group.heard() : base.lastSeen(state);
            String words = groupSilent ? "no heartbeat since " + heard + ", allowed are " + Durations.spoken(limit)
                    : "not in the source's heartbeats since " + heard + ", allowed are " + Durations.spoken(limit);
            verdict(target, state, Health.STALE, Reason.SILENT, words, now);
        } else if (state.unknownSince() != null && state.health() != Health.UNKNOWN
                && isOver(state.unknownSince(), listening, limit, now)) {
            verdict(target, state, Health.UNKNOWN, state.reason(), state.detail(), now);
        }
    }

    private void verdict(Target target, TargetState state, Health health, Reason reason, String detail, Instant now) {
        Group group = groups.get(state.group());
        verdicts.put(target, state.judged(health, reason, detail, now, group));
        boolean isPart = health == Health.STALE && group != null && group.isMissed() && (former == null || former.takes(group));
        (isPart ? parts : own).add(new Transition(base.source(), target, state.health(), health, now, reason, detail,
                News.lasted(state.since(), now), isPart ? Telling.PART : Telling.NEWS));
    }

    private List<Transition> transitions(Instant now) {
        List<Transition> transitions = new ArrayList<>();
        if (former == null && Lull.of(groups.values()) != null) {
            transitions.add(new Transition(base.source(), null, Health.UP, Health.STALE, now, Reason.SILENT, words()));
        }
        transitions.addAll(parts);
        transitions.addAll(own);
        return transitions;
    }

    /** Of the silent groups the one that was heard last speaks for all. */
    private String words() {
        Group last = groups.values().stream().filter(Group::isMissed).max(Comparator.comparing(Group::heard)).orElseThrow();
        long silent = base.targets().values().stream()
                .map(state -> groups.get(state.group()))
                .filter(Objects::nonNull)
                .filter(Group::isMissed)
                .count();
        return "silent since " + last.heard() + ", allowed are " + Durations.spoken(last.patienceForSilence(policy)) + ": "
                + silent + " of " + base.targets().size() + " targets";
    }

    /** Silence begins when something was last heard, or when we began to be able to hear: our own deafness is no news. */
    private static boolean isOver(Instant heard, Instant listening, Duration limit, Instant now) {
        Instant begin = heard == null || heard.isBefore(listening) ? listening : heard;
        return Duration.between(begin, now).compareTo(limit) > 0;
    }
}
