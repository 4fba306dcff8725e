package dev.heartbeat.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.Heard;
import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Policy;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;

/** What does one source say in these tests? A heartbeat a second, of an interval of ten unless another is named. */
final class Beats {
    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final String source;
    private final Duration interval;
    private long sequence;

    Beats(String source) {
        this(source, INTERVAL);
    }

    Beats(String source, Duration interval) {
        this.source = source;
        this.interval = interval;
    }

    Heard say(int second, Observation... observations) {
        return say(second, List.of(observations));
    }

    Heard say(int second, List<Observation> observations) {
        return say(second, null, observations);
    }

    /** With the list of all targets. */
    Heard say(int second, Set<Target> targets, List<Observation> observations) {
        return new Heard(
                new Heartbeat(source, "boot", ++sequence, at(second), interval, 1, 1, targets == null ? null : "config",
                        targets, observations),
                at(second), false, sequence);
    }

    static Function<SourceState, Change> hear(Heard... heard) {
        return hear(List.of(heard));
    }

    static Function<SourceState, Change> hear(List<Heard> heard) {
        return state -> state.hear(heard, Policy.DEFAULT);
    }

    static Function<SourceState, Change> judge(int second) {
        return state -> state.judge(at(second), NOON, Policy.DEFAULT);
    }

    static Observation up(Target target, int second) {
        return new Observation(target, Outcome.UP, at(second));
    }

    static Observation down(Target target, int second) {
        return new Observation(target, Outcome.down(Reason.UNREACHABLE, "refused"), at(second));
    }

    static Target host(String name) {
        return new Target(Kind.HOST, name);
    }

    static Target queue(String name) {
        return new Target(Kind.QUEUE, name);
    }

    static Instant at(int second) {
        return NOON.plusSeconds(second);
    }
}
