package dev.heartbeat.watch;

import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

import dev.heartbeat.model.Group;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.store.StateStore;

/**
 * Which sources are silent, or spoken for by two programs at once? A warning in the data: this process is ready all the same.
 */
@ApplicationScoped
public class SourcesHealth implements HealthCheck {
    private final StateStore store;

    SourcesHealth(StateStore store) {
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("sources").up();
        List<String> silent = new ArrayList<>();
        List<String> rivals = new ArrayList<>();
        for (SourceState state : store.known()) {
            if (state.groups().values().stream().map(Group::silent).anyMatch(java.util.Objects::nonNull)) {
                silent.add(state.source());
            }
            if (state.speaker().rival() != null) {
                rivals.add(state.source());
            }
        }
        answer.withData("known", store.known().size());
        if (!silent.isEmpty()) {
            answer.withData("silent", String.join(", ", silent));
        }
        if (!rivals.isEmpty()) {
            answer.withData("two programs speak as", String.join(", ", rivals));
        }
        return answer.build();
    }
}
