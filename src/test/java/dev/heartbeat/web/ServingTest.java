package dev.heartbeat.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServingTest {
    private final Serving publisher = new Serving("publisher", false);

    @ParameterizedTest
    @ValueSource(strings = { "/", "", "/heartbeat", "/api/transitions", "/api/events", "/api/events/", "/api/target",
            "/targets/s/host/x",
            "/badge/s/host/x/health.svg" })
    void aPublisherHasNoStateToShow(String path) {
        assertThat(publisher.lacks(path)).isTrue();
        assertThat(new Serving("standalone", true).lacks(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "/api/status", "/api/status/publisher", "/q/health/ready", "/q/openapi", "/nothing" })
    void aPublisherShowsWhatItFound(String path) {
        assertThat(publisher.lacks(path)).isFalse();
    }
}
