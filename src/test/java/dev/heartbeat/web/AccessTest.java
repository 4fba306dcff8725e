package dev.heartbeat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private final Access access = new Access("ops", "pä:ss w😀rd");

    static String basic(String said) {
        return "Basic " + Base64.getEncoder().encodeToString(said.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theUserIsAdmitted() {
        assertThat(access.admits(basic("ops:pä:ss w😀rd"))).isTrue();
        assertThat(access.admits(basic("ops:pä:ss w😀rd").replace("Basic", "basic"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "ops:pä:ss w😀r", "ops:", "ops", ":", "", "Ops:pä:ss w😀rd", "ops:pä:ss w😀rd\n" })
    void nobodyElseIs(String said) {
        assertThat(access.admits(basic(said))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "Basic", "Basic ", "Basic ???", "Bearer b3BzOg==", "ops:pä:ss w😀rd" })
    void aHeaderOfAnotherFormIsNobody(String header) {
        assertThat(access.admits(header)).isFalse();
        assertThat(access.admits(null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/q/health", "/q/health/ready", "/.well-known/heartbeat/readiness",
            "/.well-known/heartbeat/liveliness", "/badge/s/host/x/health.svg", "/assets/page.css", "/favicon.ico" })
    void healthBadgesAndWhatPagesAreMadeOfAreOpen(String path) {
        assertThat(access.isOpen(path, path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "", "/api/status", "/targets/s/host/x", "/heartbeat", "/q/openapi", "/q/metrics",
            "/q/healthy",
            "/Badge/x", "/nothing", "/q/dev-ui", "/.well-known/heartbeat/environ", "/.well-known/heartbeat/readiness/" })
    void allElseIsNot(String path) {
        assertThat(access.isOpen(path, path)).isFalse();
    }

    /** Whoever routes may look at either form of the path. */
    @ParameterizedTest
    @CsvSource({ "/badge/../api/status, /api/status", "/api/status/../../badge/x, /badge/x" })
    void aDetourOpensNothing(String path, String normalized) {
        assertThat(access.isOpen(path, normalized)).isFalse();
    }

    @Test
    void withoutAUserAllIsOpen() {
        assertThat(Access.OPEN_TO_ALL.isOpen("/api/status", "/api/status")).isTrue();
    }

    @Test
    void aPeerIsToldOfOnceAMinuteAndCountedAlways() {
        Refusals refusals = new Refusals();
        assertThat(refusals.add("10.0.0.1", NOON)).isTrue();
        assertThat(refusals.add("10.0.0.1", NOON.plusSeconds(59))).isFalse();
        assertThat(refusals.add("10.0.0.2", NOON.plusSeconds(59))).isTrue();
        assertThat(refusals.add("10.0.0.1", NOON.plusSeconds(60))).isTrue();
        assertThat(refusals.count()).isEqualTo(4);
    }

    @Test
    void manyPeersFillNeitherTheMemoryNorTheLog() {
        Refusals refusals = new Refusals();
        long told = 0;
        for (int i = 0; i < 5_000; i++) {
            told += refusals.add("peer " + i, NOON) ? 1 : 0;
        }
        assertThat(told).isEqualTo(1_000);
        assertThat(refusals.add("late", NOON.plus(Duration.ofMinutes(1)))).isTrue();
        assertThat(refusals.count()).isEqualTo(5_001);
    }
}
