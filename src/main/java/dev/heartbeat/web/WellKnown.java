package dev.heartbeat.web;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;

/** Is this process well, in the JSON and with the status codes of oarepo-heartbeat, and what is it made of? */
@ApplicationScoped
public class WellKnown {
    static final String READINESS = "/.well-known/heartbeat/readiness";
    static final String LIVELINESS = "/.well-known/heartbeat/liveliness";
    static final String ENVIRON = "/.well-known/heartbeat/environ";
    private static final int FAILED = 500;

    private final SmallRyeHealthReporter reporter;
    private final Environ environ;

    WellKnown(SmallRyeHealthReporter reporter, Environ environ) {
        this.reporter = reporter;
        this.environ = environ;
    }

    /** There is no third question there: who has not begun is not ready. */
    void readiness(RoutingContext context) {
        answer(Uni.join().all(reporter.getReadinessAsync(), reporter.getStartupAsync()).andFailFast(), context);
    }

    void liveliness(RoutingContext context) {
        answer(reporter.getLivenessAsync().map(List::of), context);
    }

    private static void answer(Uni<List<SmallRyeHealth>> healths, RoutingContext context) {
        Context loop = context.vertx().getOrCreateContext();
        OwnData data = new OwnData();
        healths.map(all -> Oh.of(all, data))
                .emitOn(task -> loop.runOnContext(turn -> task.run()))
                .subscribe().with(data.context(),
                        oh -> JsonAnswer.send(context, oh.status() ? 200 : FAILED, List.<Piece> of(oh::write).iterator()),
                        failure -> Problems.answer(context, failure));
    }

    /** 200 whatever it says. */
    void environ(RoutingContext context) {
        Context loop = context.vertx().getOrCreateContext();
        environ.ask()
                .emitOn(task -> loop.runOnContext(turn -> task.run()))
                .subscribe().with(whole -> JsonAnswer.send(context, whole), failure -> Problems.answer(context, failure));
    }
}
