package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.WebsiteSpec.Tls;
import dev.heartbeat.transport.Trust;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemTrustOptions;

class HttpTlsTest {
    private static final int DAYS = 20;

    @TempDir
    static Path folder;
    private static Certificates certificates;

    private final HttpRig rig = new HttpRig(Asked.trust(Map.of()));
    private final List<String> names = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void issue() throws IOException, GeneralSecurityException {
        byte[] site = Certificates.dns("site.test");
        certificates = new Certificates(folder)
                .issue("good", Duration.ofDays(-1), Duration.ofDays(DAYS), site, Certificates.dns("dotless"),
                        Certificates.loopback())
                .issue("old", Duration.ofDays(-30), Duration.ofDays(-20), site, Certificates.loopback())
                .issue("future", Duration.ofDays(10), Duration.ofDays(20), site);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({ "site.test, site.test", "site.test., site.test", "dotless, dotless", "127.0.0.1, null" })
    void trustedPeerIsUpAndIsToldForWhichNameWeCame(String host, String told) {
        Finding finding = rig.ask(website(host, "good").tls(privateAuthority()));

        assertThat(finding.outcome()).isEqualTo(Outcome.UP);
        assertThat(names).containsExactly(told);
        assertThat(Duration.between(Instant.now(), finding.evidence().certificateExpiry()))
                .isBetween(Duration.ofDays(DAYS).minusMinutes(10), Duration.ofDays(DAYS));
    }

    @ParameterizedTest
    @CsvSource({
            "site.test, good, false, the certificate of %s comes from an unknown authority",
            "other.test, good, true, the certificate of %s is for another name",
            "site.test, old, true, the certificate of %s has expired",
            "site.test, future, true, the certificate of %s is not valid yet",
            "127.0.0.1, old, true, the certificate of %s has expired",
    })
    void certificateThatIsNotTrustedSaysWhy(String host, String certificate, boolean authority, String detail) {
        Website website = website(host, certificate).tls(authority ? privateAuthority() : Tls.DEFAULT);

        Outcome outcome = rig.ask(website).outcome();

        assertThat(outcome).isEqualTo(Outcome.down(Reason.UNTRUSTED, detail.formatted(website.url().substring(8))));
    }

    @Test
    void addressThatTheCertificateDoesNotNameIsUntrusted() {
        Website website = website("127.0.0.1", "future").tls(privateAuthority());

        assertThat(rig.ask(website).outcome().reason()).isEqualTo(Reason.UNTRUSTED);
    }

    @Test
    void authorityOfTheProcessIsTrustedWhereTheTargetNamesNone() {
        Trust trust = Asked.trust(Map.of("rabbitmq.ca-cert-path", certificates.certificate("ca")));
        try (HttpRig trusting = new HttpRig(trust)) {
            int port = trusting.serve(certificates.server("good"), request -> request.response().end());

            assertThat(trusting.ask(Website.at("https://site.test:" + port)).outcome()).isEqualTo(Outcome.UP);
        }
    }

    @ParameterizedTest
    @CsvSource({ "other.test, good", "site.test, old", "127.0.0.1, future" })
    void verificationCanBeSwitchedOff(String host, String certificate) {
        Finding finding = rig.ask(website(host, certificate).tls(new Tls(false, null, null, null, null)));

        assertThat(finding.outcome()).isEqualTo(Outcome.UP);
        assertThat(finding.evidence().certificateExpiry()).isNotNull();
    }

    @Test
    void serverNameOfTheTargetIsAskedForAndVerified() {
        CompletableFuture<String> host = new CompletableFuture<>();
        int port = rig.serve(certificates.server("good"), request -> {
            names.add(request.connection().indicatedServerName());
            host.complete(request.getHeader("host"));
            request.response().end();
        });
        Tls tls = new Tls(true, certificates.certificate("ca"), "site.test", null, null);

        Finding finding = rig.ask(Website.at("https://127.0.0.1:" + port).tls(tls));

        assertThat(finding.outcome()).isEqualTo(Outcome.UP);
        assertThat(names).containsExactly("site.test");
        assertThat(host.join()).isEqualTo("127.0.0.1:" + port);
    }

    @Test
    void wrongServerNameIsUntrusted() {
        Tls tls = new Tls(true, certificates.certificate("ca"), "wrong.test", null, null);
        Website website = website("127.0.0.1", "good").tls(tls);

        assertThat(rig.ask(website).outcome().detail()).endsWith("is for another name");
    }

    @Test
    void certificateThatEndsTooSoonIsExpiring() {
        Finding finding = rig.ask(website("site.test", "good").tls(privateAuthority()).certificateDays(DAYS + 10));

        assertThat(finding.outcome().reason()).isEqualTo(Reason.EXPIRING);
        assertThat(finding.outcome().detail()).startsWith("the certificate ends on 2")
                .endsWith(", at least 30 days were expected");
    }

    @Test
    void certificateThatLastsLongEnoughIsUp() {
        assertThat(rig.ask(website("site.test", "good").tls(privateAuthority()).certificateDays(DAYS - 1)).outcome())
                .isEqualTo(Outcome.UP);
    }

    @Test
    void serverThatWantsACertificateGetsTheOneOfTheTarget() {
        Tls with = new Tls(true, certificates.certificate("ca"), null, certificates.certificate("good"),
                certificates.key("good"));

        assertThat(rig.ask(wantingCertificate().tls(with)).outcome()).isEqualTo(Outcome.UP);
    }

    @Test
    void serverThatWantsACertificateInVainIsUntrusted() {
        Outcome outcome = rig.ask(wantingCertificate().tls(privateAuthority())).outcome();

        assertThat(outcome.reason()).isEqualTo(Reason.UNTRUSTED);
        assertThat(outcome.detail()).contains("ended the TLS handshake: ");
    }

    @Test
    void serverWithoutTlsIsUntrusted() {
        int port = rig.serve(request -> request.response().end());

        assertThat(rig.ask(Website.at("https://127.0.0.1:" + port)).outcome())
                .isEqualTo(Outcome.down(Reason.UNTRUSTED, "127.0.0.1:" + port + " does not speak TLS"));
    }

    @Test
    void serverThatEndsTheHandshakeIsUnreachable() {
        int port = rig.serveRaw(socket -> socket.handler(hello -> socket.close()));

        assertThat(rig.ask(Website.at("https://127.0.0.1:" + port)).outcome())
                .isEqualTo(Outcome.down(Reason.UNREACHABLE, "connection closed early by 127.0.0.1:" + port));
    }

    @Test
    void serverThatIsMuteInTheHandshakeIsTimedOutAndClosed() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        int port = rig.serveRaw(socket -> socket.closeHandler(closed::complete));

        assertThat(rig.ask(Website.at("https://127.0.0.1:" + port).timeout(Duration.ofMillis(200))).outcome())
                .isEqualTo(Outcome.down(Reason.TIMED_OUT, "no answer in time from 127.0.0.1:" + port));
        assertThat(closed).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void plainAddressMayRedirectToTls() {
        int secure = rig.serve(certificates.server("good"), request -> request.response().end());
        int plain = rig.serve(request -> request.response().setStatusCode(301)
                .putHeader("Location", "https://site.test:" + secure + "/").end());

        Finding finding = rig.ask(Website.at("http://127.0.0.1:" + plain).tls(privateAuthority()));

        assertThat(finding.outcome()).isEqualTo(Outcome.UP);
        assertThat(finding.evidence().certificateExpiry()).isNotNull();
    }

    @Test
    void absentAuthorityFileIsAFailureOfTheProbe() {
        Website website = website("site.test", "good").tls(new Tls(true, "/absent.pem", null, null, null));

        assertThat(rig.ask(website).outcome().detail()).contains("absent.pem");
    }

    @Test
    void authorityThatWasRenewedUnderItsPathIsTrustedOnceTheTargetsAreReadAgain(@TempDir Path other)
            throws IOException, GeneralSecurityException {
        Path renewed = Path.of(new Certificates(other).certificate("ca"));
        Website website = website("site.test", "good").tls(new Tls(true, renewed.toString(), null, null, null));
        rig.follow(website);
        assertThat(rig.ask(website).outcome().reason()).isEqualTo(Reason.UNTRUSTED);

        Files.copy(Path.of(certificates.certificate("ca")), renewed, StandardCopyOption.REPLACE_EXISTING);
        rig.follow(website);

        assertThat(rig.ask(website).outcome()).isEqualTo(Outcome.UP);
        assertThat(rig.clients()).isOne();
    }

    @Test
    void soIsOurOwnCertificate(@TempDir Path other) throws IOException, GeneralSecurityException {
        Certificates own = new Certificates(other).issue("own", Duration.ofDays(-1), Duration.ofDays(1));
        Tls tls = new Tls(true, certificates.certificate("ca"), null, own.certificate("own"), own.key("own"));
        Website website = wantingCertificate().tls(tls);
        rig.follow(website);
        assertThat(rig.ask(website).outcome().reason()).isEqualTo(Reason.UNTRUSTED);

        Files.copy(Path.of(certificates.certificate("good")), Path.of(own.certificate("own")),
                StandardCopyOption.REPLACE_EXISTING);
        Files.copy(Path.of(certificates.key("good")), Path.of(own.key("own")), StandardCopyOption.REPLACE_EXISTING);
        rig.follow(website);

        assertThat(rig.ask(website).outcome()).isEqualTo(Outcome.UP);
    }

    @Test
    void targetsThatAreReadAgainAndAgainKeepNoClientsOfThoseBefore() {
        Website website = website("site.test", "good").tls(privateAuthority());
        for (int seconds = 3; seconds < 20; seconds++) {
            Website changed = website.timeout(Duration.ofSeconds(seconds));
            rig.follow(changed);
            assertThat(rig.ask(changed).outcome()).isEqualTo(Outcome.UP);
            await().atMost(Duration.ofSeconds(30)).until(() -> rig.clients() == 1);
        }
        rig.follow();
        await().atMost(Duration.ofSeconds(30)).until(() -> rig.clients() == 0);
    }

    @Test
    void whoLeavesTheTargetsIsAskedToTheEnd() {
        CompletableFuture<HttpServerRequest> asked = new CompletableFuture<>();
        int port = rig.serve(certificates.server("good"), asked::complete);
        Website website = Website.at("https://site.test:" + port).tls(privateAuthority());
        rig.follow(website);
        CompletableFuture<Finding> finding = rig.finding(website).subscribeAsCompletionStage();
        HttpServerRequest request = asked.orTimeout(30, TimeUnit.SECONDS).join();

        rig.follow();
        assertThat(rig.clients()).isOne();
        rig.vertx.runOnContext(answer -> request.response().end());

        assertThat(finding.orTimeout(30, TimeUnit.SECONDS).join().outcome()).isEqualTo(Outcome.UP);
        await().atMost(Duration.ofSeconds(30)).until(() -> rig.clients() == 0);
    }

    private Website website(String host, String certificate) {
        return Website.at("https://" + host + ":" + rig.serve(certificates.server(certificate), request -> {
            names.add(String.valueOf(request.connection().indicatedServerName()));
            request.response().end();
        }));
    }

    private Website wantingCertificate() {
        HttpServerOptions options = certificates.server("good").setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertPath(certificates.certificate("ca")));
        return Website.at("https://site.test:" + rig.serve(options, request -> request.response().end()));
    }

    private static Tls privateAuthority() {
        return new Tls(true, certificates.certificate("ca"), null, null, null);
    }
}
