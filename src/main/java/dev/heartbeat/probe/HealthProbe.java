package dev.heartbeat.probe;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

    @Override
    public Runnable follow(List<HealthSpec> all) {
        return http.follow(HealthProbe.class, all.stream().map(HealthSpec::request).toList());
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
