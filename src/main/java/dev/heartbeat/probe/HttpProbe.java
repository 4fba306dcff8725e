package dev.heartbeat.probe;

import java.time.Clock;
import java.util.List;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.heartbeat.model.WebsiteSpec;
import dev.heartbeat.transport.Trust;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

/** Does a website answer as expected? */
@ApplicationScoped
class HttpProbe implements Probe<WebsiteSpec> {
    static final int CONCURRENCY = 256;
    private static final int BODY_BUDGET = 16 * 1024 * 1024;

    private final VertxInternal vertx;
    private final HttpClients clients;
    private final HttpDialer dialer;
    private final BodyReader reader;
    private final String userAgent;
    private final Clock clock;

    @Inject
    HttpProbe(Vertx vertx, Names names, Trust trust, @ConfigProperty(name = "quarkus.application.version") String version) {
        this(vertx, names, trust, version, Clock.systemUTC(), BODY_BUDGET);
    }

    HttpProbe(Vertx vertx, Names names, Trust trust, String version, Clock clock, int bodyBudget) {
        this.vertx = (VertxInternal) vertx;
        this.clients = new HttpClients(vertx, trust);
        this.dialer = new HttpDialer(vertx, names, clients);
        this.reader = new BodyReader(new BodyBudget(bodyBudget));
        this.userAgent = "heartbeat/" + version;
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
    public List<Check> checks(List<WebsiteSpec> specs) {
        return specs.stream().<Check> map(spec -> new HttpCheck(spec, userAgent, vertx, dialer, reader, clock)).toList();
    }

    @PreDestroy
    void close() {
        clients.close();
    }
}
