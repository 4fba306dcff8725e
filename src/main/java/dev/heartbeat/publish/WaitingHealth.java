package dev.heartbeat.publish;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** How many heartbeats wait for the link, and how many were lost to it? Never down by itself: that is the broker's to say. */
@ApplicationScoped
public class WaitingHealth implements HealthCheck {
    private final Publisher publisher;

    WaitingHealth(Publisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public HealthCheckResponse call() {
        WaitingRoom room = publisher.room();
        return HealthCheckResponse.named("publishing").up().withData("waiting", room.size()).withData("sent", room.sent())
                .withData("dropped", room.dropped()).build();
    }
}
