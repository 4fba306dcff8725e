package dev.heartbeat.probe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Pace;
import dev.heartbeat.model.Spec;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** When is which group of targets asked? One group per interval; groups start apart, and each goes on by itself. */
@ApplicationScoped
public class Rounds {
    /** Groups of different intervals do not begin at the same instant. */
    private static final Duration APART = Duration.ofMillis(137);
    /** How long checks under way have to end when the program stops. */
    private static final Duration TO_END = Duration.ofSeconds(3);
    private final List<Probe<?>> probes;
    private final Vertx vertx;
    private final List<RoundGroup> groups = new ArrayList<>();

    Rounds(@All List<Probe<?>> probes, Vertx vertx) {
        this.probes = probes;
        this.vertx = vertx;
    }

    /** What one group of one interval found in one round. */
    public record Found(Duration interval, List<Observation> observations) {
    }

    /**
     * Begins to ask.
     *
     * @param interval of what names none of its own; zero for rounds back to back
     * @param tell takes what a round found; rounds back to back wait for it
     */
    public void start(List<Spec> specs, Duration interval, Function<Found, Uni<Void>> tell) {
        Map<Duration, List<Spec>> byInterval = new TreeMap<>();
        for (Spec spec : specs) {
            Duration own = spec.pace().interval() == null ? interval : spec.pace().interval();
            byInterval.computeIfAbsent(own, key -> new ArrayList<>()).add(spec);
        }
        Duration offset = Duration.ZERO;
        for (Map.Entry<Duration, List<Spec>> entry : byInterval.entrySet()) {
            List<Lane> lanes = lanes(entry.getValue());
            RoundGroup group = new RoundGroup(entry.getKey(), lanes, deadline(entry.getKey(), lanes), vertx,
                    InstantSource.system(), tell);
            groups.add(group);
            group.begin(offset);
            offset = offset.plus(APART);
        }
    }

    /** No new checks; completes when those under way have ended and were told, after three seconds at the latest. */
    public Uni<Void> stop() {
        List<Uni<Void>> ends = groups.stream().map(group -> group.stop(TO_END)).toList();
        return ends.isEmpty() ? Uni.createFrom().voidItem() : Uni.join().all(ends).andCollectFailures().replaceWithVoid();
    }

    private List<Lane> lanes(List<Spec> specs) {
        List<Lane> lanes = new ArrayList<>();
        for (Probe<?> probe : probes) {
            List<Check> checks = checks(probe, specs);
            if (!checks.isEmpty()) {
                lanes.add(new Lane(probe.spec().getSimpleName().replace("Spec", "").toLowerCase(java.util.Locale.ROOT),
                        probe.concurrency(), checks));
            }
        }
        return lanes;
    }

    private static <S extends Spec> List<Check> checks(Probe<S> probe, List<Spec> specs) {
        return probe.checks(specs.stream().filter(probe.spec()::isInstance).map(probe.spec()::cast).toList());
    }

    /** Publishing goes on even when every check takes its whole timeout. */
    static Duration deadline(Duration interval, List<Lane> lanes) {
        Duration longest = lanes.stream().flatMap(lane -> lane.checks.stream())
                .map(check -> check.timeout().multipliedBy(check.retries() + 1L))
                .max(Duration::compareTo).orElse(Pace.DEFAULT_TIMEOUT);
        Duration most = interval.multipliedBy(9).dividedBy(10);
        return most.compareTo(longest) > 0 ? most : longest;
    }
}
