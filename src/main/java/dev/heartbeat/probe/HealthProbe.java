package dev.heartbeat.probe;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.heartbeat.model.HealthSpec;
import dev.heartbeat.model.Target;

/** What does a health endpoint say of itself, and of the checks that it names? */
@ApplicationScoped
class HealthProbe implements Probe<HealthSpec> {
    private final HttpFetch http;
    private final InstantSource clock;
    /** Outlives the checks, which a new configuration makes anew: what an endpoint has named is still so. */
    private final Map<Place, KnownChecks> known = new ConcurrentHashMap<>();

    private record Place(Target endpoint, URI url) {
    }

    @Inject
    HealthProbe(HttpFetch http) {
        this(http, InstantSource.system());
    }

    HealthProbe(HttpFetch http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Class<HealthSpec> spec() {
        return HealthSpec.class;
    }

    @Override
    public int concurrency() {
        return HttpProbe.CONCURRENCY;
    }

    /** Whoever comes back after it was gone is new: the checks that it had may be another program's. */
    @Override
    public Runnable follow(List<HealthSpec> all) {
        Set<Place> named = all.stream().map(HealthProbe::place).collect(Collectors.toSet());
        Runnable turn = http.follow(HealthProbe.class, all.stream().map(HealthSpec::request).toList());
        return () -> {
            known.keySet().retainAll(named);
            turn.run();
        };
    }

    @Override
    public List<Check> checks(List<HealthSpec> specs) {
        return specs.stream().<Check> map(spec -> new HealthCheck(spec, http, known(spec))).toList();
    }

    private KnownChecks known(HealthSpec spec) {
        return known.computeIfAbsent(place(spec), place -> new KnownChecks(place.endpoint(), clock));
    }

    private static Place place(HealthSpec spec) {
        return new Place(spec.endpoint(), spec.request().url());
    }
}
