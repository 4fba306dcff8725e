package dev.heartbeat.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.HealthAnswer;
import dev.heartbeat.model.HealthSpec;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;

/** How is one health endpoint, and how are the checks that it names? */
final class HealthCheck implements Check, HttpFetch.Use<HealthCheck.Said, List<Finding>> {
    private static final int OK = 200;
    /** What endpoints say with whose checks not all are up: the first oarepo-heartbeat, the second everybody else. */
    private static final Set<Integer> NOT_OK = Set.of(500, 503);

    private final HealthSpec spec;
    private final HttpFetch http;
    private final KnownChecks known;
    private final Set<String> secrets;

    HealthCheck(HealthSpec spec, HttpFetch http, KnownChecks known) {
        this.spec = spec;
        this.http = http;
        this.known = known;
        this.secrets = spec.secrets();
    }

    /** What a body says; else {@code fault} goes on where "the body" ends. */
    record Said(HealthAnswer answer, String fault) {
    }

    @Override
    public Set<Target> targets() {
        return known.targets();
    }

    @Override
    public Set<Target> discovered() {
        return known.discovered();
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
        return http.ask(spec.request(), this);
    }

    /** Of its checks nobody could tell: that the endpoint is not reached makes none of them fail. */
    @Override
    public List<Finding> unanswered(Outcome outcome) {
        return findings(new Finding(spec.endpoint(), outcome));
    }

    @Override
    public boolean reads(int status) {
        return status == OK || NOT_OK.contains(status);
    }

    @Override
    public Said body(BodyText text) {
        if (text.cut()) {
            return new Said(null, "is longer than " + BodyReader.LIMIT / 1024 + " KiB, and no more is read");
        }
        try {
            return new Said(HealthAnswer.read(text.text()), null);
        } catch (IllegalArgumentException e) {
            return new Said(null, e.getMessage());
        }
    }

    @Override
    public List<Finding> judge(Visit.Arrival arrival, Said said) {
        int status = arrival.response().statusCode();
        Evidence evidence = new Evidence(status, null, arrival.certificateExpiry());
        if (said == null) {
            return unread(arrival, evidence, Outcome.down(Reason.REJECTED, "status " + status + ", expected 200, 500 or 503"));
        }
        if (said.answer() == null) {
            return unread(arrival, evidence, status == OK
                    ? Outcome.down(Reason.MISMATCH, "the body " + said.fault())
                    : Outcome.down(Reason.REJECTED, "status " + status + ", and the body " + said.fault()));
        }
        Outcome overall = said.answer().overall();
        Outcome outcome = status != OK && overall.health() == Health.UP
                ? Outcome.down(Reason.REJECTED, "status " + status + ", although the body says that all is well")
                : safe(overall);
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(spec.endpoint(), outcome, arrival.latency(), evidence));
        known.learn(said.answer(), outcome.health() == Health.UP)
                .forEach((target, one) -> findings.add(new Finding(target, safe(one))));
        return findings;
    }

    private List<Finding> unread(Visit.Arrival arrival, Evidence evidence, Outcome outcome) {
        return findings(new Finding(spec.endpoint(), outcome, arrival.latency(), evidence));
    }

    private List<Finding> findings(Finding endpoint) {
        Outcome outcome = endpoint.outcome();
        Outcome untold = Outcome.unknown(outcome.reason(), spec.request().name() + " could not be read"
                + (outcome.detail() == null ? "" : ": " + outcome.detail()));
        List<Finding> findings = new ArrayList<>(List.of(endpoint));
        known.checks().forEach(check -> findings.add(new Finding(check, untold)));
        return findings;
    }

    /** An answer may repeat what it was asked with; nobody else is told. */
    private Outcome safe(Outcome outcome) {
        String detail = outcome.detail();
        if (detail == null) {
            return outcome;
        }
        String safe = detail;
        for (String secret : secrets) {
            safe = safe.replace(secret, "…");
        }
        String line = Failures.line(safe);
        return outcome.health() == Health.DOWN ? Outcome.down(outcome.reason(), line)
                : Outcome.unknown(outcome.reason(), line);
    }
}
