package dev.heartbeat.probe;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.PythonPattern.Match;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.WebsiteSpec;
import dev.heartbeat.probe.HttpVerdict.Searched;
import io.smallrye.mutiny.Uni;

/** Does one website answer as expected? */
final class HttpCheck implements Check, HttpFetch.Use<Searched, Finding> {
    private final WebsiteSpec spec;
    private final Target target;
    private final HttpFetch http;
    private final Clock clock;

    HttpCheck(WebsiteSpec spec, HttpFetch http, Clock clock) {
        this.spec = spec;
        this.target = spec.targets().iterator().next();
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Set<Target> targets() {
        return Set.of(target);
    }

    @Override
    public Duration timeout() {
        return spec.pace().timeout();
    }

    @Override
    public int retries() {
        return spec.pace().retries();
    }

    @Override
    public Uni<List<Finding>> ask() {
        return http.ask(spec, this)
                .onFailure().recoverWithItem(failure -> new Finding(target, Failures.outcome(failure)))
                .map(List::of);
    }

    @Override
    public boolean reads(int status) {
        return spec.expect().body() != null && spec.expect().accepts(status);
    }

    @Override
    public Searched body(BodyText text) {
        return new Searched(spec.expect().body().search(text.text()), text.cut());
    }

    @Override
    public Finding judge(Visit.Arrival arrival, Searched said) {
        Searched searched = Objects.requireNonNullElse(said, Searched.NOTHING);
        Outcome outcome = HttpVerdict.of(spec.expect(), arrival, searched, clock.instant());
        Boolean match = searched.match() == null || searched.match() == Match.TOO_COSTLY ? null
                : searched.match() == Match.FOUND;
        Evidence evidence = new Evidence(arrival.response().statusCode(), match, arrival.certificateExpiry());
        return new Finding(target, outcome, arrival.latency(), evidence);
    }
}
