package dev.heartbeat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Who gets in where a user is set? */
@QuarkusTest
@TestProfile(BasicAccessQuarkusTest.Protected.class)
class BasicAccessQuarkusTest {
    public static final class Protected implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.test-port", "0", "quarkus.redis.active", "false", "web.user", "ops", "web.password",
                    "pä:ss");
        }
    }

    @TestHTTPResource("/")
    URI root;
    @Inject
    Entrance entrance;
    Asking api;

    @BeforeEach
    void asking() {
        api = new Asking(root);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "/api/status", "/api/status/x", "/api/transitions", "/api/events", "/heartbeat",
            "/targets/a/host/b",
            "/q/openapi", "/q/metrics", "/.well-known/heartbeat/environ", "/.well-known/heartbeat/environ/", "/broken",
            "/nothing", "//api/status", "/%61pi/status", "/api/status;x=1",
            "/badge/..%2f..%2fapi/../../api/status", "/q/health/../../api/status", "/q/health/%2E%2E/%2E%2E/api/status" })
    void withoutTheUserNothingIsSeen(String path) {
        HttpResponse<String> refused = api.get(path);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic realm=");
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(api.get(path, "Authorization", AccessTest.basic("ops:wrong")).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/api/status", "/q/openapi", "/api/transitions", "/.well-known/heartbeat/environ" })
    void withTheUserAllIs(String path) {
        assertThat(api.get(path, "Authorization", AccessTest.basic("ops:pä:ss")).statusCode()).isEqualTo(200);
    }

    @Test
    void onlyTheUserReloadsFromWhereverHeAsks() {
        String[] proxy = { "X-Forwarded-For", "192.0.2.7" };
        assertThat(api.send("POST", "/api/reload").statusCode()).isEqualTo(401);
        assertThat(api.send("POST", "/api/reload", proxy).statusCode()).isEqualTo(401);
        assertThat(api.send("POST", "/api/reload", "X-Forwarded-For", "192.0.2.7", "Authorization",
                AccessTest.basic("ops:pä:ss")).statusCode()).isEqualTo(200);
        assertThat(api.send("POST", "/api/reload", "Origin", "http://elsewhere.example", "Authorization",
                AccessTest.basic("ops:pä:ss")).statusCode()).as("a browser sends the password by itself").isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/q/health", "/q/health/live", "/q/health/ready", "/q/health/started",
            "/.well-known/heartbeat/readiness", "/.well-known/heartbeat/liveliness" })
    void healthIsOpen(String path) {
        assertThat(api.get(path).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "/badge/a/host/b/nothing.svg", "/assets/nothing", "/favicon.ico" })
    void badgesAndAssetsAreOpen(String path) {
        assertThat(api.get(path).statusCode()).isNotEqualTo(401);
    }

    @Test
    void onlyAWrongPasswordIsCounted() {
        long before = entrance.refused();
        api.get("/api/status");
        api.get("/api/status", "Authorization", AccessTest.basic("ops:wrong"));
        api.get("/api/status", "Authorization", AccessTest.basic("ops:pä:ss"));
        assertThat(entrance.refused()).isEqualTo(before + 1);
        assertThat(api.json("/q/health/ready").toString()).contains("\"refused\":" + (before + 1));
    }
}
