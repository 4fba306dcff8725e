package dev.heartbeat.probe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Spec;
import dev.heartbeat.model.Target;
import dev.heartbeat.transport.TraceSpan;
import dev.heartbeat.transport.Traces;
import io.micrometer.core.instrument.MeterRegistry;
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
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private final List<Probe<?>> probes;
    private final Vertx vertx;
    private final InstantSource clock;
    private final RoundMeters meters;
    private final Traces traces;
    private final Map<Duration, RoundGroup> groups = new TreeMap<>();
    private Duration usual;
    private boolean stopped;

    @Inject
    Rounds(@All List<Probe<?>> probes, Vertx vertx, MeterRegistry registry, Traces traces) {
        this(probes, vertx, InstantSource.system(), registry, traces);
    }

    Rounds(List<Probe<?>> probes, Vertx vertx, InstantSource clock, MeterRegistry registry, Traces traces) {
        this.probes = probes;
        this.vertx = vertx;
        this.clock = clock;
        this.traces = traces;
        this.meters = new RoundMeters(registry);
    }

    /**
     * What one group of one interval found in one round.
     *
     * @param first whether it is not one of the group's own rounds, but asked at once what was new in it
     * @param trace of the round
     */
    public record Found(Duration interval, boolean first, List<Observation> observations, TraceSpan trace) {
    }

    /** What a group asks from now on, and how only what is new in it is asked. */
    private record Agenda(Plan plan, Function<Set<Target>, Plan> only) {
    }

    /**
     * Begins to ask.
     *
     * @param interval of what names none of its own; zero for rounds back to back
     * @param tell takes what a round found; rounds back to back wait for it, those of an interval do not
     */
    public void start(List<Spec> specs, Duration interval, Function<Found, Uni<Void>> tell) {
        usual = interval;
        follow(specs, tell).run();
    }

    /**
     * Makes what it takes to ask these instead, which may fail; what is answered turns to them, and does not. Groups keep their
     * ticks, what is new in one is asked at once, and what is under way is still told to whom it would have been told.
     */
    public Runnable follow(List<Spec> specs, Function<Found, Uni<Void>> tell) {
        Map<Duration, List<Spec>> byInterval = new TreeMap<>();
        for (Spec spec : specs) {
            Duration own = spec.pace().interval() == null ? usual : spec.pace().interval();
            byInterval.computeIfAbsent(own, key -> new ArrayList<>()).add(spec);
        }
        Map<Duration, Agenda> agendas = new TreeMap<>();
        byInterval.forEach((interval, own) -> agendas.put(interval,
                new Agenda(plan(interval, own), targets -> plan(interval, own, targets))));
        List<Runnable> turns = probes.stream().map(probe -> learn(probe, specs)).toList();
        return () -> turn(agendas, turns, tell);
    }

    private static <S extends Spec> Runnable learn(Probe<S> probe, List<Spec> specs) {
        return probe.follow(own(probe, specs));
    }

    private synchronized void turn(Map<Duration, Agenda> agendas, List<Runnable> turns, Function<Found, Uni<Void>> tell) {
        if (stopped) {
            return;
        }
        turns.forEach(Runnable::run);
        groups.entrySet().removeIf(entry -> !agendas.containsKey(entry.getKey()) && leave(entry.getValue()));
        Duration offset = Duration.ZERO;
        for (Map.Entry<Duration, Agenda> entry : agendas.entrySet()) {
            Agenda agenda = entry.getValue();
            RoundGroup group = groups.get(entry.getKey());
            if (group == null) {
                group = new RoundGroup(agenda.plan(), vertx, clock, tell, meters.of(entry.getKey()), traces);
                groups.put(entry.getKey(), group);
                group.begin(offset);
                offset = offset.plus(APART);
            } else {
                group.follow(agenda.plan(), agenda.only(), tell);
            }
        }
    }

    /** Nobody waits for what a group finds that nobody is in any more. */
    private static boolean leave(RoundGroup group) {
        group.stop(AT_ONCE).subscribe().with(ignored -> {
        });
        return true;
    }

    /** The targets that answers have brought beside those of the targets file, as a list of all targets names them. */
    public synchronized Set<Target> discovered() {
        Set<Target> discovered = new HashSet<>();
        groups.values().forEach(group -> discovered.addAll(group.discovered()));
        return discovered;
    }

    /**
     * Asks all of these once, side by side, whatever their intervals; what every target says, in their order.
     *
     * @param interval as long as a round may go on to ask, and as long as the slowest timeout in any case
     */
    public Uni<List<Observation>> once(List<Spec> specs, Duration interval) {
        return SingleRound.of(plan(interval, specs), vertx, clock);
    }

    /** No new checks; completes when those under way have ended and were told, after three seconds at the latest. */
    public synchronized Uni<Void> stop() {
        stopped = true;
        List<Uni<Void>> ends = groups.values().stream().map(group -> group.stop(TO_END)).toList();
        return ends.isEmpty() ? Uni.createFrom().voidItem() : Uni.join().all(ends).andCollectFailures().replaceWithVoid();
    }

    private Plan plan(Duration interval, List<Spec> specs) {
        List<Target> targets = specs.stream().flatMap(spec -> spec.targets().stream()).toList();
        List<Lane> lanes = probes.stream()
                .filter(probe -> specs.stream().anyMatch(probe.spec()::isInstance))
                .map(probe -> lane(probe, specs))
                .filter(lane -> !lane.checks.isEmpty())
                .toList();
        return new Plan(interval, targets, lanes);
    }

    /** Asks what it takes to know of these targets, whatever else is learned by it. */
    private Plan plan(Duration interval, List<Spec> specs, Set<Target> targets) {
        return plan(interval, specs.stream().filter(spec -> spec.targets().stream().anyMatch(targets::contains)).toList());
    }

    private <S extends Spec> Lane lane(Probe<S> probe, List<Spec> specs) {
        String name = probe.spec().getSimpleName().replace("Spec", "").toLowerCase(Locale.ROOT);
        return new Lane(name, probe.concurrency(), probe.checks(own(probe, specs)), meters.tries(name));
    }

    private static <S extends Spec> List<S> own(Probe<S> probe, List<Spec> specs) {
        return specs.stream().filter(probe.spec()::isInstance).map(probe.spec()::cast).toList();
    }
}
