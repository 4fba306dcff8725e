package dev.heartbeat.web;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** The application inside the test's process, in memory. Few streams, so that a test can open all of them. */
public final class StandaloneProfile implements QuarkusTestProfile {
    static final int STREAMS = 5;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.http.test-port", "0", "quarkus.redis.active", "false", "web.streams", String.valueOf(STREAMS),
                "quarkus.log.category.\"dev.heartbeat.transitions\".level", "OFF");
    }
}
