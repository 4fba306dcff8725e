package dev.heartbeat.probe;

import java.io.File;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.heartbeat.transport.Trust;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** Which servers does a test ask, and with which probe? */
final class HttpRig implements AutoCloseable {
    static final int BUDGET = 1024 * 1024;

    final Vertx vertx = Vertx.vertx();
    private final NameServer nameServer;
    private final Names names;
    private final HttpFetch http;
    private final HttpProbe probe;

    HttpRig(Trust trust) {
        try {
            nameServer = new NameServer(Map.of("site.test", List.of("127.0.0.1"), "other.test", List.of("127.0.0.1"),
                    "under_score.test", List.of("127.0.0.1"), "xn--mller-kva.test", List.of("127.0.0.1"),
                    "dotless", List.of("127.0.0.1"), "two.test", List.of("127.0.0.2", "127.0.0.1")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        names = new Names(vertx, new HostsFile(new File("/dev/null")), nameServer.provider());
        http = new HttpFetch(vertx, names, trust, "1.2.3", BUDGET);
        probe = new HttpProbe(http, Clock.systemUTC());
    }

    /** Answers the port. */
    int serve(Handler<HttpServerRequest> handler) {
        return serve(new HttpServerOptions(), handler);
    }

    int serve(HttpServerOptions options, Handler<HttpServerRequest> handler) {
        HttpServer server = vertx.createHttpServer(options.setHost("127.0.0.1").setPort(0)).requestHandler(handler);
        return server.listen().toCompletionStage().toCompletableFuture().join().actualPort();
    }

    /** A server that does not speak HTTP, or not to the end. */
    int serveRaw(Handler<NetSocket> handler) {
        NetServer server = vertx.createNetServer().connectHandler(handler);
        return server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join().actualPort();
    }

    /** The probe of health endpoints, by that clock. */
    HealthProbe health(InstantSource clock) {
        return new HealthProbe(http, clock);
    }

    /** These are all that there are from now on. */
    void follow(Website... websites) {
        probe.follow(Stream.of(websites).map(Website::spec).toList()).run();
    }

    /** How many clients are open. */
    int clients() {
        return http.clients();
    }

    Uni<Finding> finding(Website website) {
        return probe.checks(List.of(website.spec())).get(0).ask().map(findings -> findings.get(0));
    }

    Finding ask(Website website) {
        return finding(website).await().atMost(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        http.close();
        names.close();
        nameServer.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
