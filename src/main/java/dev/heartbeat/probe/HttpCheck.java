package dev.heartbeat.probe;

import java.net.ProtocolException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.PythonPattern.Match;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.WebsiteSpec;
import dev.heartbeat.probe.HttpVerdict.Searched;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.impl.VertxInternal;

/** Does one website answer as expected? */
final class HttpCheck implements Check {
    private final WebsiteSpec spec;
    private final Target target;
    private final String userAgent;
    private final VertxInternal vertx;
    private final HttpDialer dialer;
    private final BodyReader reader;
    private final Clock clock;

    HttpCheck(WebsiteSpec spec, String userAgent, VertxInternal vertx, HttpDialer dialer, BodyReader reader, Clock clock) {
        this.spec = spec;
        this.target = spec.targets().iterator().next();
        this.userAgent = userAgent;
        this.vertx = vertx;
        this.dialer = dialer;
        this.reader = reader;
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
        return Uni.createFrom().deferred(this::visit)
                .onFailure().recoverWithItem(failure -> new Finding(target, Failures.outcome(failure)))
                .map(List::of);
    }

    private Uni<Finding> visit() {
        try {
            Hop first = Hop.of(HttpMethod.valueOf(spec.method()), spec.url());
            Context context = vertx.createEventLoopContext();
            Visit visit = new Visit(spec, new RequestHead(spec, first, userAgent), dialer, context);
            return visit.arrive(first)
                    .chain(arrival -> search(arrival.response(), visit, context)
                            .map(searched -> judge(arrival, searched))
                            .onFailure().transform(failure -> new FailedAt(arrival.hop().where(), failure)))
                    .onTermination().invoke(visit::end);
        } catch (ProtocolException e) {
            return Uni.createFrom().failure(e);
        }
    }

    private Uni<Searched> search(HttpClientResponse response, Visit visit, Context context) {
        if (spec.expect().body() == null || !spec.expect().accepts(response.statusCode())) {
            return Uni.createFrom().item(Searched.NOTHING);
        }
        // The rest is for the answer that there was no room: it must come before the runner calls the target too slow.
        Duration patience = timeout().multipliedBy(9).dividedBy(10).minus(visit.elapsed());
        return reader.read(response, patience.isNegative() || patience.isZero() ? Duration.ofMillis(1) : patience,
                work -> context.runOnContext(ready -> work.run()),
                body -> onWorker(response, body));
    }

    private Uni<Searched> onWorker(HttpClientResponse response, BodyReader.Body body) {
        String encoding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
        String type = response.getHeader(HttpHeaders.CONTENT_TYPE);
        return Uni.createFrom().emitter(emitter -> vertx.executeBlocking(() -> {
            BodyText text = BodyText.of(body, encoding, type);
            return new Searched(spec.expect().body().search(text.text()), text.cut());
        }, false).onSuccess(emitter::complete).onFailure(emitter::fail));
    }

    private Finding judge(Visit.Arrival arrival, Searched searched) {
        Outcome outcome = HttpVerdict.of(spec.expect(), arrival, searched, clock.instant());
        Boolean match = searched.match() == null || searched.match() == Match.TOO_COSTLY ? null
                : searched.match() == Match.FOUND;
        Evidence evidence = new Evidence(arrival.response().statusCode(), match, arrival.certificateExpiry());
        return new Finding(target, outcome, arrival.latency(), evidence);
    }
}
