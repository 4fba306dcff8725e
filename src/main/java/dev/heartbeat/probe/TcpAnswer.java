package dev.heartbeat.probe;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Outcome;

/** What did one TCP address answer? {@code latency} is null where it did not accept. */
record TcpAnswer(Outcome outcome, Duration latency) {
    private static final List<Health> BADNESS = List.of(Health.UP, Health.UNKNOWN, Health.DOWN);
    private static final Comparator<TcpAnswer> WORSE = Comparator
            .<TcpAnswer> comparingInt(answer -> BADNESS.indexOf(answer.outcome.health()))
            .thenComparing(TcpAnswer::latency, Comparator.nullsFirst(Comparator.naturalOrder()));

    static TcpAnswer up(Duration latency) {
        return new TcpAnswer(Outcome.UP, latency);
    }

    static TcpAnswer failed(Throwable failure) {
        return new TcpAnswer(Failures.outcome(failure), null);
    }

    /** The first of the worst, or the slowest where all accept. */
    static TcpAnswer worst(List<TcpAnswer> answers) {
        return answers.stream().reduce((one, other) -> WORSE.compare(other, one) > 0 ? other : one).orElseThrow();
    }
}
