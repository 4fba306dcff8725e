package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.WebsiteSpec.Range;
import dev.heartbeat.services.Ports;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.http.HttpServerRequest;

class HttpProbeTest {
    private final HttpRig rig = new HttpRig(Asked.trust(Map.of()));

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void goodAnswerIsUpWithStatusAndLatency() {
        Finding finding = rig.ask(local(rig.serve(request -> request.response().setStatusCode(204).end())));

        assertThat(finding.outcome()).isEqualTo(Outcome.UP);
        assertThat(finding.target()).isEqualTo(new Target(Kind.WEBSITE, "site"));
        assertThat(finding.evidence()).isEqualTo(new Evidence(204, null, null));
        assertThat(finding.latency()).isPositive();
    }

    @Test
    void unexpectedStatusIsRejected() {
        Finding finding = rig.ask(local(rig.serve(request -> request.response().setStatusCode(503).end())));

        assertThat(finding.outcome()).isEqualTo(Outcome.down(Reason.REJECTED, "status 503, expected 200-399"));
        assertThat(finding.evidence().status()).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({ "200, UP", "404, UP", "403, DOWN", "201, DOWN" })
    void statusIsJudgedByTheRangesOfTheTarget(int status, String health) {
        int port = rig.serve(request -> request.response().setStatusCode(status).end());

        assertThat(rig.ask(local(port).status(new Range(200, 200), new Range(404, 410))).outcome().health())
                .hasToString(health);
    }

    @Test
    void refusedConnectionIsUnreachable() {
        int port = Ports.free();

        assertThat(rig.ask(local(port)).outcome())
                .isEqualTo(Outcome.down(Reason.UNREACHABLE, "connection refused by 127.0.0.1:" + port));
    }

    @Test
    void unknownNameIsUnresolved() {
        assertThat(rig.ask(Website.at("http://nowhere.test/")).outcome())
                .isEqualTo(Outcome.down(Reason.UNRESOLVED, "cannot resolve nowhere.test"));
    }

    @Test
    void connectionThatIsClosedBeforeTheAnswerIsUnreachable() {
        int port = rig.serveRaw(socket -> socket.handler(request -> socket.close()));

        assertThat(rig.ask(local(port)).outcome())
                .isEqualTo(Outcome.down(Reason.UNREACHABLE, "connection closed early by 127.0.0.1:" + port));
    }

    @Test
    void serverThatSaysNothingIsWaitedForUntilTheRunnerCancels() {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        int port = rig.serveRaw(socket -> {
            socket.closeHandler(closed::complete);
            asked.complete(null);
        });

        CompletableFuture<Finding> answer = rig.finding(local(port)).subscribeAsCompletionStage();
        assertThat(asked).succeedsWithin(Duration.ofSeconds(20));

        assertThat(answer).failsWithin(Duration.ofMillis(300)).withThrowableOfType(TimeoutException.class);
        answer.cancel(true);
        assertThat(closed).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void anotherProtocolIsRejected() {
        int port = rig.serveRaw(socket -> socket.write("SSH-2.0-OpenSSH_9.2p1\r\n"));

        assertThat(rig.ask(local(port)).outcome())
                .isEqualTo(Outcome.down(Reason.REJECTED, "127.0.0.1:" + port + " does not speak HTTP"));
    }

    @Test
    void answerLaterThanTheBoundIsSlow() {
        int port = rig.serve(request -> rig.vertx.setTimer(60, timer -> request.response().end()));

        Finding finding = rig.ask(local(port).latency(Duration.ofMillis(50)));

        assertThat(finding.outcome()).isEqualTo(Outcome.down(Reason.SLOW, "slower than 50 ms"));
        assertThat(finding.latency()).isGreaterThan(Duration.ofMillis(50));
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET", "HEAD", "POST", "PUT", "OPTIONS", "DELETE", "PATCH", "PROPFIND" })
    void methodIsTheOneOfTheTarget(String method) {
        CompletableFuture<String> seen = new CompletableFuture<>();
        int port = rig.serve(request -> {
            seen.complete(request.method() + " " + request.uri() + " " + request.getHeader("content-length"));
            request.response().end();
        });

        Finding finding = rig.ask(Website.at("http://127.0.0.1:" + port + "/a%20b?c=d#e").method(method));

        assertThat(finding.outcome()).isEqualTo(Outcome.UP);
        boolean sized = List.of("POST", "PUT", "PATCH").contains(method);
        assertThat(seen.join()).isEqualTo(method + " /a%20b?c=d " + (sized ? "0" : "null"));
    }

    @Test
    void programSaysWhoItIs() {
        assertThat(headersOf(local(0), "user-agent", "accept", "connection", "accept-encoding"))
                .containsExactly("heartbeat/1.2.3", "*/*", "close", null);
    }

    @Test
    void headersOfTheTargetComeBeforeOurOwn() {
        Website website = local(0).body(".").headers(Map.of("user-agent", "curl/8", "HOST", "inner", "x-key", "secret"));

        assertThat(headersOf(website, "User-Agent", "Host", "X-Key", "Accept-Encoding"))
                .containsExactly("curl/8", "inner", "secret", "gzip, deflate");
    }

    @ParameterizedTest
    @CsvSource({ "user:pass, Basic dXNlcjpwYXNz", "user, Basic dXNlcjo=", "u%40x:p%2Fa+s%3As, Basic dUB4OnAvYStzOnM=" })
    void userOfTheUrlIsSentAsBasicAuthorization(String user, String header) {
        CompletableFuture<String> seen = new CompletableFuture<>();
        int port = rig.serve(request -> {
            seen.complete(request.getHeader("authorization") + " " + request.getHeader("host"));
            request.response().end();
        });

        rig.ask(Website.at("http://" + user + "@127.0.0.1:" + port));

        assertThat(seen.join()).isEqualTo(header + " 127.0.0.1:" + port);
    }

    @Test
    void userOfTheUrlIsInNoDetail() {
        Finding finding = rig.ask(Website.at("http://user:secret@127.0.0.1:" + Ports.free()));

        assertThat(finding.toString()).contains("refused").doesNotContain("secret").doesNotContain("user");
    }

    @Test
    void headerThatCanNotBeSentFailsThisTargetOnlyAndIsNotShown() {
        Website website = local(rig.serve(request -> request.response().end())).headers(Map.of("X-Key", "se\ncret"));

        Outcome outcome = rig.ask(website).outcome();

        assertThat(outcome.reason()).isEqualTo(Reason.PROBE_FAILED);
        assertThat(outcome.detail()).doesNotContain("cret");
    }

    @ParameterizedTest
    @ValueSource(strings = { "ftp://site.test", "http:///path", "mailto:a", "http://site.test:0" })
    void addressThatCanNotBeAskedFailsThisTargetOnly(String url) {
        assertThat(rig.ask(Website.at(url)).outcome().detail()).startsWith("the address ");
    }

    @ParameterizedTest
    @ValueSource(strings = { "site.test", "SITE.test", "under_score.test", "müller.test", "xn--mller-kva.test", "two.test" })
    void hostIsAnyNameThatResolves(String host) {
        int port = rig.serve(request -> request.response().end());

        assertThat(rig.ask(Website.at("http://" + host + ":" + port + "/ä?ö")).outcome()).isEqualTo(Outcome.UP);
    }

    @Test
    void ipv6LiteralIsAsked() throws IOException {
        assumeThat(NetworkInterface.getByInetAddress(InetAddress.getByName("::1"))).as("::1 on this machine").isNotNull();
        CompletableFuture<String> host = new CompletableFuture<>();
        int port = rig.vertx.createHttpServer().requestHandler(request -> {
            host.complete(request.getHeader("host"));
            request.response().end();
        }).listen(0, "::1").toCompletionStage().toCompletableFuture().join().actualPort();

        assertThat(rig.ask(Website.at("http://[::1]:" + port + "/")).outcome()).isEqualTo(Outcome.UP);
        assertThat(host.join()).isEqualTo("[::1]:" + port);
    }

    @Test
    void blackHoleIsTimedOut() throws IOException {
        try (Loopback loopback = new Loopback()) {
            int port = loopback.hole("127.0.0.1", 0).getPort();

            assertThat(rig.ask(local(port).timeout(Duration.ofMillis(100))).outcome())
                    .isEqualTo(Outcome.down(Reason.TIMED_OUT, "no answer in time from 127.0.0.1:" + port));
        }
    }

    @Test
    void everyRoundOpensAConnectionOfItsOwn() {
        AtomicInteger connections = new AtomicInteger();
        int port = rig.serve(request -> {
            request.connection().closeHandler(closed -> connections.incrementAndGet());
            request.response().end("x".repeat(100_000));
        });

        rig.ask(local(port));
        rig.ask(local(port));

        await().untilAtomic(connections, org.hamcrest.Matchers.is(2));
    }

    @Test
    void cancelledCheckClosesItsConnection() {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        int port = rig.serve(request -> {
            request.connection().closeHandler(closed::complete);
            asked.complete(null);
        });

        Cancellable question = rig.finding(local(port)).subscribe().with(finding -> {
        });
        asked.join();
        question.cancel();

        assertThat(closed).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void checkThatIsCancelledWhileItConnectsLeavesNoSocketOpen() throws IOException {
        try (Loopback loopback = new Loopback()) {
            int port = loopback.hole("127.0.0.1", 0).getPort();
            long before = OpenSockets.connectingTo(port);

            Cancellable question = rig.finding(local(port).timeout(Duration.ofSeconds(2))).subscribe().with(finding -> {
            });
            await().until(() -> OpenSockets.connectingTo(port) > before);
            question.cancel();

            await().atMost(Duration.ofSeconds(20)).until(() -> OpenSockets.connectingTo(port) <= before);
        }
    }

    private List<String> headersOf(Website website, String... names) {
        CompletableFuture<HttpServerRequest> seen = new CompletableFuture<>();
        int port = rig.serve(request -> {
            seen.complete(request);
            request.response().end("x");
        });
        rig.ask(new Website("http://127.0.0.1:" + port, website.method(), website.headers(), website.redirects(),
                website.expect(), website.tls(), website.pace()));
        return java.util.Arrays.stream(names).map(seen.join()::getHeader).toList();
    }

    private static Website local(int port) {
        return Website.at("http://127.0.0.1:" + port);
    }
}
