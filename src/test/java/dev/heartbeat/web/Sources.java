package dev.heartbeat.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.Group;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Mark;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;
import dev.heartbeat.model.Telling;
import dev.heartbeat.model.Transition;
import dev.heartbeat.store.StateStore;

/** What does a store hold in these tests? States and transitions made by hand. */
final class Sources {
    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    static final String GROUP = "60000";

    private final StateStore store;

    Sources(StateStore store) {
        this.store = store;
    }

    static Target host(String name) {
        return new Target(Kind.HOST, name);
    }

    static TargetState state(Health health, String detail) {
        boolean definite = health == Health.UP || health == Health.DOWN;
        return new TargetState(health, definite ? null : Health.DOWN, health == Health.UP ? null : Reason.UNREACHABLE, detail,
                NOON, NOON.minusSeconds(60), null, GROUP, true, mark(1), null, false);
    }

    private static Mark mark(long sequence) {
        return new Mark(NOON.plusSeconds(sequence), "boot", sequence);
    }

    /** A source that was heard, and has these targets; nothing happened. */
    void know(String source, Map<Target, TargetState> targets) {
        commit(source, targets, List.of());
    }

    void know(String source, Health health, String... hosts) {
        Map<Target, TargetState> targets = new HashMap<>();
        for (String host : hosts) {
            targets.put(host(host), state(health, null));
        }
        know(source, targets);
    }

    /** One transition each of that source's hosts, up to down, in that order. */
    void goDown(String source, String... hosts) {
        List<Transition> transitions = new ArrayList<>();
        for (String host : hosts) {
            transitions.add(down(source, host, "refused"));
        }
        commit(source, null, transitions);
    }

    static Transition down(String source, String host, String detail) {
        return new Transition(source, host(host), Health.UP, Health.DOWN, NOON, Reason.UNREACHABLE, detail,
                Duration.ofMillis(90_500), Telling.NEWS);
    }

    /** Null targets: those that it has. */
    void commit(String source, Map<Target, TargetState> targets, List<Transition> transitions) {
        store.update(source, former -> {
            Map<Target, TargetState> next = targets == null ? former.targets() : targets;
            Group group = new Group(GROUP, Duration.ofMinutes(1), NOON, mark(1), List.of(), null, 1);
            return new Change(former,
                    new SourceState(source, former.version() + 1, former.speaker(), Map.of(GROUP, group), null, null, List.of(),
                            next),
                    next.keySet(), Map.of(), Set.of(), transitions);
        }).subscribe().asCompletionStage().join();
    }
}
