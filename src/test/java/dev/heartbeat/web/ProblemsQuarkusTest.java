package dev.heartbeat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** What does whoever asks wrongly, or meets a fault of ours, get to see? */
@QuarkusTest
@TestProfile(StandaloneProfile.class)
class ProblemsQuarkusTest {
    @TestHTTPResource("/")
    URI root;
    Asking api;

    @BeforeEach
    void asking() {
        api = new Asking(root);
    }

    @ParameterizedTest
    @CsvSource({ "GET, /nothing, 404", "GET, /api/nothing, 404", "POST, /api/status, 405", "DELETE, /api/status/x/y/z, 405",
            "PUT, /heartbeat, 405", "GET, /api/status?kind=x, 400", "GET, /broken, 500",
            "GET, /broken/refused, 410", "GET, /broken/post, 405", "GET, /q/nothing, 404", "GET, /broken/none, 404",
            "GET, /assets/nothing.css, 404" })
    void everyErrorIsAProblem(String method, String path, int status) {
        HttpResponse<String> response = api.send(method, path);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = Asking.parsed(response);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("instance").asText()).isEqualTo(path.replaceAll("\\?.*", ""));
        assertThat(problem.path("type").asText()).isEqualTo("about:blank");
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty().doesNotContain("Exception", "secret", "dev.heartbeat",
                "\tat ");
    }

    @Test
    void anAcceptThatCanNotBeServedIsAProblemToo() {
        HttpResponse<String> response = api.get("/broken/worded", "Accept", "image/png");
        assertThat(response.statusCode()).isEqualTo(406);
        assertThat(Asking.parsed(response).path("title").asText()).isEqualTo("Not Acceptable");
    }

    @Test
    void aResourceMayRefuseInItsOwnWords() {
        assertThat(api.get("/broken/worded").body()).isEqualTo("own words");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/api/status", "/nothing", "/broken", "/q/health/live", "/q/openapi", "/heartbeat" })
    void everyAnswerKeepsABrowserSafe(String path) {
        HttpResponse<String> response = api.get(path);
        assertThat(response.headers().firstValue("Content-Security-Policy").orElse("")).contains("default-src 'none'",
                "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'").doesNotContain("unsafe");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    }

    @Test
    void headIsAnsweredWithoutABody() {
        HttpResponse<String> response = api.send("HEAD", "/api/status");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("ETag")).isPresent();
        assertThat(api.send("HEAD", "/api/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void jsonIsCompressedForWhoTakesIt() {
        assertThat(api.get("/api/status", "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(api.get("/api/status").headers().firstValue("Content-Encoding").orElse("identity")).isEqualTo("identity");
    }
}
