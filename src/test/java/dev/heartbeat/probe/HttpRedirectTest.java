package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ProtocolException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.WebsiteSpec.Range;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

class HttpRedirectTest {
    private final HttpRig rig = new HttpRig(Asked.trust(Map.of()));
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({
            "GET, 301, GET", "GET, 307, GET", "HEAD, 302, HEAD", "HEAD, 303, HEAD", "POST, 301, GET", "POST, 302, GET",
            "POST, 303, GET", "PUT, 303, GET", "PUT, 301, PUT", "POST, 307, POST", "POST, 308, POST", "DELETE, 302, DELETE"
    })
    void redirectIsFollowedWithTheMethodThatCurlWouldUse(String method, int status, String next) {
        int port = rig.serve(redirecting(status, "/end"));

        Finding finding = rig.ask(local(port).method(method));

        assertThat(finding.outcome()).isEqualTo(Outcome.UP);
        assertThat(seen).containsExactly(method + " /", next + " /end");
    }

    @ParameterizedTest
    @ValueSource(ints = { 300, 304, 305, 306, 399 })
    void otherStatusIsJudgedAsItIs(int status) {
        int port = rig.serve(redirecting(status, "/end"));

        assertThat(rig.ask(local(port)).evidence().status()).isEqualTo(status);
    }

    @Test
    void redirectWithoutALocationIsJudgedAsItIs() {
        int port = rig.serve(request -> request.response().setStatusCode(302).end());

        assertThat(rig.ask(local(port).status(new Range(200, 299))).outcome())
                .isEqualTo(Outcome.down(Reason.REJECTED, "status 302, expected 200-299"));
    }

    @Test
    void noneFollowedMeansThatTheRedirectItselfIsJudged() {
        int port = rig.serve(redirecting(302, "/end"));

        Finding finding = rig.ask(local(port).redirects(0));

        assertThat(finding.outcome()).isEqualTo(Outcome.UP);
        assertThat(finding.evidence().status()).isEqualTo(302);
    }

    @Test
    void loopIsRejectedAfterAsManyAsAllowed() {
        int port = rig.serve(request -> {
            seen.add(request.uri());
            request.response().setStatusCode(302).putHeader("Location", request.uri()).end();
        });

        assertThat(rig.ask(local(port).redirects(3)).outcome())
                .isEqualTo(Outcome.down(Reason.REJECTED, "more than 3 redirects"));
        assertThat(seen).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({ "ftp://site.test/, the address is not one of http or https",
            "http://, redirected to an address that nobody can read",
            "http://site.test:99999/, the address has no valid port",
            "http://[::1/, redirected to an address that nobody can read" })
    void redirectToNowhereIsRejected(String location, String detail) {
        int port = rig.serve(redirecting(302, location));

        assertThat(rig.ask(local(port)).outcome()).isEqualTo(Outcome.down(Reason.REJECTED, detail));
    }

    @Test
    void secretsGoToTheirOwnOriginOnly() {
        int other = rig.serve(this::note);
        int port = rig.serve(redirecting(302, "http://site.test:" + other + "/end"));
        Map<String, String> headers = Map.of("Authorization", "Bearer t", "cookie", "c=d", "Host", "inner", "X-Plain", "p");

        rig.ask(local(port).headers(headers));
        rig.ask(Website.at("http://user:secret@127.0.0.1:" + port));

        assertThat(seen).containsExactly(
                "GET /", "GET /end site.test:" + other + " null null p",
                "GET /", "GET /end site.test:" + other + " null null null");
    }

    @Test
    void secretsStayOnTheWayWithinTheOrigin() {
        int port = rig.serve(request -> {
            if (request.uri().equals("/")) {
                request.response().setStatusCode(302).putHeader("Location", "/end").end();
            } else {
                note(request);
            }
        });

        rig.ask(local(port).headers(Map.of("Authorization", "Bearer t", "Cookie", "c=d")));

        assertThat(seen).containsExactly("GET /end 127.0.0.1:" + port + " Bearer t c=d null");
    }

    @ParameterizedTest
    @CsvSource({
            "http://a.test/b/c?d, e, http://a.test/b/e",
            "http://a.test/b/c?d, /e?f, http://a.test/e?f",
            "http://a.test/b/c?d, ?e, http://a.test/b/c?e",
            "http://a.test/b/c?d, #e, http://a.test/b/c?d",
            "http://a.test/b/c?d, '', http://a.test/b/c?d",
            "http://a.test, e, http://a.test/e",
            "http://a.test?d, ../e, http://a.test/e",
            "http://a.test/b/c/d, ../../e, http://a.test/e",
            "https://a.test/b, //b.test/e, https://b.test/e",
            "https://a.test/b, http://b.test:8080, http://b.test:8080/",
            "https://a.test/b, HTTP://B.test:80/#x, http://b.test/",
            "http://a_b.test:8080/b, e, http://a_b.test:8080/e",
            "http://[::1]:8080/b, /e, http://[::1]:8080/e",
            "http://a.test/, '/e f|g%zz%20', http://a.test/e%20f%7Cg%25zz%20",
            "http://a.test/, ' /e ', http://a.test/e",
    })
    void locationIsResolvedAsBrowsersDo(String from, String location, String to) throws ProtocolException {
        Hop first = Hop.of(HttpMethod.GET, URI.create(from));

        assertThat(first.follow(302, location).url()).isEqualTo(to);
    }

    private io.vertx.core.Handler<HttpServerRequest> redirecting(int status, String location) {
        return request -> {
            seen.add(request.method() + " " + request.uri());
            if (request.uri().equals("/end")) {
                request.response().end();
            } else {
                request.response().setStatusCode(status).putHeader("Location", location).end();
            }
        };
    }

    private void note(HttpServerRequest request) {
        seen.add(request.method() + " " + request.uri() + " " + request.getHeader("host") + " "
                + request.getHeader("authorization") + " " + request.getHeader("cookie") + " " + request.getHeader("x-plain"));
        request.response().end();
    }

    private static Website local(int port) {
        return Website.at("http://127.0.0.1:" + port);
    }
}
