package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whose silence has lasted too long? Judges one source at one instant; used once. */
final class Silence {
    private final SourceState base;
    private final Policy policy;
    private final Map<String, Group> groups;
    private final Map<Target, TargetState> verdicts = new HashMap<>();
    private final List<Transition> transitions = new ArrayList<>();

    Silence(SourceState base, Policy policy) {
        this.base = base;
        this.policy = policy;
        this.groups = new HashMap<>(base.groups());
    }

    Change judge(Instant now, Instant listening) {
        base.groups().values().forEach(group -> {
            if (group.silent() == null && isOver(group.heard(), listening, group.patienceForSilence(policy), now)) {
                groups.put(group.key(), group.silentSince(now));
            }
        });
        base.targets().forEach((target, state) -> judge(target, state, now, listening));
        if (verdicts.isEmpty() && groups.equals(base.groups())) {
            return Change.none(base);
        }
        Map<Target, TargetState> targets = new HashMap<>(base.targets());
        targets.putAll(verdicts);
        Set<Target> touched = new HashSet<>(verdicts.keySet());
        return new Change(base, base.with(groups, targets), touched, Map.of(), touched, transitions);
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
            String words = groupSilent ? "no heartbeat since " + heard + ", allowed are " + words(limit)
                    : "not in the source's heartbeats since " + heard + ", allowed are " + words(limit);
            verdict(target, state, Health.STALE, Reason.SILENT, words, now, group);
        } else if (state.unknownSince() != null && state.health() != Health.UNKNOWN
                && isOver(state.unknownSince(), listening, limit, now)) {
            verdict(target, state, Health.UNKNOWN, state.reason(), state.detail(), now, group);
        }
    }

    private void verdict(Target target, TargetState state, Health health, Reason reason, String detail, Instant now,
            Group own) {
        verdicts.put(target, state.judged(health, reason, detail, now, own));
        transitions.add(new Transition(base.source(), target, state.health(), health, now, reason, detail));
    }

    /** Silence begins when something was last heard, or when we began to be able to hear: our own deafness is no news. */
    private static boolean isOver(Instant heard, Instant listening, Duration limit, Instant now) {
        Instant begin = heard == null || heard.isBefore(listening) ? listening : heard;
        return Duration.between(begin, now).compareTo(limit) > 0;
    }

    private static String words(Duration limit) {
        return limit.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }
}
