package dev.heartbeat.probe;

import java.net.ProtocolException;
import java.time.Duration;
import java.util.List;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.heartbeat.model.WebsiteSpec;
import dev.heartbeat.transport.Trust;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.VertxInternal;

/** What comes of one question to a web address? All probes that ask one share this, with one budget for all bodies. */
@ApplicationScoped
class HttpFetch {
    private static final int BODY_BUDGET = 16 * 1024 * 1024;

    private final VertxInternal vertx;
    private final HttpClients clients;
    private final HttpDialer dialer;
    private final BodyReader reader;
    private final String userAgent;

    @Inject
    HttpFetch(Vertx vertx, Names names, Trust trust, @ConfigProperty(name = "quarkus.application.version") String version) {
        this(vertx, names, trust, version, BODY_BUDGET);
    }

    HttpFetch(Vertx vertx, Names names, Trust trust, String version, int bodyBudget) {
        this.vertx = (VertxInternal) vertx;
        this.clients = new HttpClients(vertx, trust);
        this.dialer = new HttpDialer(vertx, names, clients);
        this.reader = new BodyReader(new BodyBudget(bodyBudget));
        this.userAgent = "heartbeat/" + version;
    }

    /** What is made of an answer: {@code S} of its body, {@code T} of the whole. */
    interface Use<S, T> {
        /** Whether the body of an answer with that status is read. */
        boolean reads(int status);

        /** Called on a worker. */
        S body(BodyText text);

        /** {@code said} is null where the body was not read. */
        T judge(Visit.Arrival arrival, S said);
    }

    /** A failure says at which address it was; see {@link Failures}. */
    <S, T> Uni<T> ask(WebsiteSpec spec, Use<S, T> use) {
        return Uni.createFrom().deferred(() -> {
            try {
                Hop first = Hop.of(HttpMethod.valueOf(spec.method()), spec.url());
                Context context = vertx.createEventLoopContext();
                Visit visit = new Visit(spec, new RequestHead(spec, first, userAgent), dialer, context);
                return visit.arrive(first)
                        .chain(arrival -> body(spec, use, arrival.response(), visit, context)
                                .map(said -> use.judge(arrival, said))
                                .onFailure().transform(failure -> new FailedAt(arrival.hop().where(), failure)))
                        .onTermination().invoke(visit::end);
            } catch (ProtocolException e) {
                return Uni.createFrom().failure(e);
            }
        });
    }

    private <S> Uni<S> body(WebsiteSpec spec, Use<S, ?> use, HttpClientResponse response, Visit visit, Context context) {
        if (!use.reads(response.statusCode())) {
            return Uni.createFrom().nullItem();
        }
        // The rest is for the answer that there was no room: it must come before the runner calls the target too slow.
        Duration patience = spec.pace().timeout().multipliedBy(9).dividedBy(10).minus(visit.elapsed());
        return reader.read(response, patience.isNegative() || patience.isZero() ? Duration.ofMillis(1) : patience,
                work -> context.runOnContext(ready -> work.run()),
                body -> onWorker(use, response, body));
    }

    private <S> Uni<S> onWorker(Use<S, ?> use, HttpClientResponse response, BodyReader.Body body) {
        String encoding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
        String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
        return Uni.createFrom().emitter(emitter -> vertx
                .executeBlocking(() -> use.body(BodyText.of(body, encoding, type)), false)
                .onSuccess(emitter::complete).onFailure(emitter::fail));
    }

    /** Learns of all that this probe will ask for, with what the files of its certificates hold now. */
    Runnable follow(Class<? extends Probe<?>> probe, List<WebsiteSpec> all) {
        return clients.follow(probe, all);
    }

    /** How many clients are open. */
    int clients() {
        return clients.count();
    }

    @PreDestroy
    void close() {
        clients.close();
    }
}
