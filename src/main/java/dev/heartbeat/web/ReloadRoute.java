package dev.heartbeat.web;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.heartbeat.model.Fault;
import dev.heartbeat.model.Reloaded;
import dev.heartbeat.model.Reloaded.Nothing;
import dev.heartbeat.model.Reloaded.Refused;
import dev.heartbeat.model.Reloaded.Taken;
import dev.heartbeat.model.Reloading;
import dev.heartbeat.model.TargetsDifference;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Vertx;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;

/**
 * What is answered to whoever wants the targets file read again? What is different from now on, or all that is wrong with it.
 */
@ApplicationScoped
public class ReloadRoute {
    /** A disk that hangs must not hang who asks. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int UNPROCESSABLE = 422;

    private final Reloading reloading;
    private final Vertx vertx;
    private final boolean userIsAsked;

    ReloadRoute(Reloading reloading, Vertx vertx, WebConfig config) {
        this.reloading = reloading;
        this.vertx = vertx;
        this.userIsAsked = config.user().isPresent();
    }

    void answer(RoutingContext context) {
        Asker asker = Asker.of(context.request());
        if (asker.isPage()) {
            new Problem(403,
                    "a page in a browser may not ask for this, whoever it belongs to; ask with a program, such as curl")
                    .send(context);
        } else if (!userIsAsked && !isSomebody(context.user()) && !asker.isThisHost()) {
            new Problem(403,
                    "without WEB_USER and WEB_PASSWORD this is for programs on the same host, and through no proxy: set"
                            + " both and send them, or ask there, or send SIGHUP")
                    .send(context);
        } else {
            reload(context);
        }
    }

    /** Whom an extension of Quarkus has let in, such as that for OpenID Connect; it calls nobody somebody, too. */
    static boolean isSomebody(User user) {
        return user instanceof QuarkusHttpUser known ? !known.getSecurityIdentity().isAnonymous() : user != null;
    }

    /** In order, one after the other: each reads what stands there when its turn comes. */
    private void reload(RoutingContext context) {
        long late = vertx.setTimer(PATIENCE.toMillis(), timer -> new Problem(503,
                "the targets file was not read within " + PATIENCE.toSeconds() + " s; the log will say what came of it")
                .send(context));
        vertx.executeBlocking(reloading::reload).onComplete(read -> {
            vertx.cancelTimer(late);
            if (context.response().ended() || context.response().closed()) {
                return;
            }
            if (read.succeeded()) {
                answer(context, read.result());
            } else {
                Problems.answer(context, read.cause());
            }
        });
    }

    private static void answer(RoutingContext context, Reloaded reloaded) {
        if (reloaded instanceof Taken taken) {
            JsonAnswer.send(context, json -> write(json, taken));
        } else if (reloaded instanceof Refused refused) {
            String detail = "the targets file is not taken, and what was read of it before goes on: " + refused.lines().get(0)
                    + (refused.lines().size() > 1 ? "; and " + (refused.lines().size() - 1) + " more" : "");
            new Problem(UNPROCESSABLE, detail).send(context, json -> write(json, refused.faults()));
        } else if (reloaded instanceof Nothing nothing) {
            new Problem(404, "there is no targets file to be read again: " + nothing.words()).send(context);
        }
    }

    private static void write(JsonGenerator json, Taken taken) throws IOException {
        TargetsDifference difference = taken.difference();
        json.writeStartObject();
        json.writeStringField("from", taken.from());
        json.writeNumberField("added", difference.added().size());
        json.writeNumberField("removed", difference.removed().size());
        json.writeNumberField("changed", difference.changed().size());
        json.writeNumberField("unchanged", difference.unchanged().size());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, List<Fault> faults) throws IOException {
        json.writeArrayFieldStart("faults");
        for (Fault fault : faults) {
            json.writeStartObject();
            json.writeNumberField("line", fault.line());
            json.writeNumberField("column", fault.column());
            json.writeStringField("key", fault.key());
            json.writeStringField("value", fault.value());
            json.writeStringField("message", fault.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
