package dev.heartbeat.web;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** How often was a wrong user or password given? A note in the data: whoever guesses must not make us look unwell. */
@ApplicationScoped
public class AccessHealth implements HealthCheck {
    private final Entrance entrance;

    AccessHealth(Entrance entrance) {
        this.entrance = entrance;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("access").up().withData("refused", entrance.refused()).build();
    }
}
