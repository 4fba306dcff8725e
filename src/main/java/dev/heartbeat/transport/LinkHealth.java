package dev.heartbeat.transport;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

import dev.heartbeat.transport.Links.Side;
import dev.heartbeat.transport.Links.Status;

/** Is the link to the broker up, and if not, why not? */
@ApplicationScoped
public class LinkHealth {
    private final Links links;

    LinkHealth(Links links) {
        this.links = links;
    }

    /** The check of one side's link; it asks nothing remote, only what the link knows of itself. */
    public HealthCheck of(Side side) {
        return () -> {
            Status status = links.status(side);
            HealthCheckResponseBuilder answer = HealthCheckResponse.named("broker")
                    .status(status != null && status.up() && status.whole());
            if (status != null) {
                answer.withData("since", status.since().toString());
                if (status.detail() != null) {
                    answer.withData("detail", status.detail());
                }
            }
            return answer.build();
        };
    }
}
