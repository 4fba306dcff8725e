package dev.heartbeat.probe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;

import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;

/** A round whose time and turns are in the test's hand. */
final class RoundBench {
    static final Instant START = Instant.parse("2024-11-11T13:40:17Z");

    /** What the round has told when it ended; a second end would be seen here. */
    final List<List<Observation>> ends = new ArrayList<>();
    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final Round round;
    private long nanos;

    RoundBench(Duration interval, Lane... lanes) {
        this(new Plan(interval, targets(lanes), List.of(lanes)));
    }

    RoundBench(Plan plan) {
        InstantSource clock = () -> START.plusNanos(nanos);
        // The monotonic clock may start anywhere, and overflow.
        round = new Round(plan, clock, () -> Long.MAX_VALUE - 1_000_000 + nanos, turns::add, ends::add);
    }

    static RoundBench of(Check... checks) {
        return new RoundBench(Duration.ofSeconds(60), lane(1000, checks));
    }

    static Lane lane(int concurrency, Check... checks) {
        return new Lane("host", concurrency, List.of(checks), nanos -> {
        });
    }

    private static List<Target> targets(Lane... lanes) {
        return Stream.of(lanes).flatMap(lane -> lane.checks.stream()).flatMap(check -> check.targets().stream()).toList();
    }

    RoundBench start() {
        round.start();
        return settle();
    }

    /** Gives all their turns that wait for one. */
    RoundBench settle() {
        for (Runnable turn = turns.poll(); turn != null; turn = turns.poll()) {
            turn.run();
        }
        return this;
    }

    /** Time passes, with no tick. */
    RoundBench pass(Duration time) {
        nanos += time.toNanos();
        return this;
    }

    RoundBench tick() {
        round.tick();
        return settle();
    }

    RoundBench stop() {
        round.stop();
        return settle();
    }

    RoundBench abandon() {
        round.abandon();
        return settle();
    }

    boolean hasEnded() {
        return !ends.isEmpty();
    }

    List<Observation> found() {
        return ends.get(0);
    }

    Observation found(String name) {
        return found().stream().filter(seen -> seen.target().name().equals(name)).findFirst().orElseThrow();
    }

    Outcome outcome(String name) {
        return found(name).outcome();
    }

    Reason reason(String name) {
        return outcome(name).reason();
    }

    List<String> names() {
        return found().stream().map(seen -> seen.target().name()).toList();
    }
}
