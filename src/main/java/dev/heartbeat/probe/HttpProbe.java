package dev.heartbeat.probe;

import java.time.Clock;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.heartbeat.model.WebsiteSpec;

/** Does a website answer as expected? */
@ApplicationScoped
class HttpProbe implements Probe<WebsiteSpec> {
    static final int CONCURRENCY = 256;

    private final HttpFetch http;
    private final Clock clock;

    @Inject
    HttpProbe(HttpFetch http) {
        this(http, Clock.systemUTC());
    }

    HttpProbe(HttpFetch http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Class<WebsiteSpec> spec() {
        return WebsiteSpec.class;
    }

    @Override
    public int concurrency() {
        return CONCURRENCY;
    }

    @Override
    public Runnable follow(List<WebsiteSpec> all) {
        return http.follow(HttpProbe.class, all);
    }

    @Override
    public List<Check> checks(List<WebsiteSpec> specs) {
        return specs.stream().<Check> map(spec -> new HttpCheck(spec, http, clock)).toList();
    }
}
