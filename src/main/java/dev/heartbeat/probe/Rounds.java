package dev.heartbeat.probe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Spec;
import dev.heartbeat.model.Target;
import dev.heartbeat.transport.TraceSpan;
import dev.heartbeat.transport.Traces;
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
    private final InstantSource clock;
    private final Traces traces;
    /** Started by one thread, stopped by another. */
    private final List<RoundGroup> groups = new CopyOnWriteArrayList<>();

    @Inject
    Rounds(@All List<Probe<?>> probes, Vertx vertx, Traces traces) {
        this(probes, vertx, InstantSource.system(), traces);
    }

    Rounds(List<Probe<?>> probes, Vertx vertx, InstantSource clock, Traces traces) {
        this.probes = probes;
        this.vertx = vertx;
        this.clock = clock;
        this.traces = traces;
    }

    /**
     * What one group of one interval found in one round.
     *
     * @param trace of the round
     */
    public record Found(Duration interval, List<Observation> observations, TraceSpan trace) {
    }

    /**
     * Begins to ask.
     *
     * @param interval of what names none of its own; zero for rounds back to back
     * @param tell takes what a round found; rounds back to back wait for it, those of an interval do not
     */
    public void start(List<Spec> specs, Duration interval, Function<Found, Uni<Void>> tell) {
        Map<Duration, List<Spec>> byInterval = new TreeMap<>();
        for (Spec spec : specs) {
            Duration own = spec.pace().interval() == null ? interval : spec.pace().interval();
            byInterval.computeIfAbsent(own, key -> new ArrayList<>()).add(spec);
        }
        Duration offset = Duration.ZERO;
        for (Map.Entry<Duration, List<Spec>> entry : byInterval.entrySet()) {
            RoundGroup group = new RoundGroup(plan(entry.getKey(), entry.getValue()), vertx, clock, traces, tell);
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

    private Plan plan(Duration interval, List<Spec> specs) {
        List<Target> targets = specs.stream().flatMap(spec -> spec.targets().stream()).toList();
        List<Lane> lanes = probes.stream().map(probe -> lane(probe, specs)).filter(lane -> !lane.checks.isEmpty()).toList();
        return new Plan(interval, targets, lanes);
    }

    private static <S extends Spec> Lane lane(Probe<S> probe, List<Spec> specs) {
        String name = probe.spec().getSimpleName().replace("Spec", "").toLowerCase(Locale.ROOT);
        List<S> own = specs.stream().filter(probe.spec()::isInstance).map(probe.spec()::cast).toList();
        return new Lane(name, probe.concurrency(), probe.checks(own));
    }
}
