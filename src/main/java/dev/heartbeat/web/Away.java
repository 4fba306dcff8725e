package dev.heartbeat.web;

import org.jboss.logging.Logger;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** What is said when the store does not answer? It says itself, in the log and in its health, what is wrong. */
final class Away {
    private static final Logger LOG = Logger.getLogger(Away.class);
    private static final String SECONDS = "5";

    private Away() {
    }

    static void answer(RoutingContext context, Throwable failure) {
        if (failure instanceof Problem.Refusal) {
            Problems.answer(context, failure);
            return;
        }
        LOG.debugf(failure, "%s could not be answered", context.request().path());
        if (!context.response().headWritten()) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, SECONDS);
        }
        new Problem(503, "the store does not answer; /q/health/ready says more").send(context);
    }
}
