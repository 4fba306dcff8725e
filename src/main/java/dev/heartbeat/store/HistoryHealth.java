package dev.heartbeat.store;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Do rows really reach the tables of the history? The canary knows. */
@ApplicationScoped
public class HistoryHealth implements HealthCheck {
    private static final String NAME = "history";
    private final Histories histories;

    HistoryHealth(Histories histories) {
        this.histories = histories;
    }

    @Override
    public HealthCheckResponse call() {
        String fault = histories.fault();
        return fault == null ? HealthCheckResponse.up(NAME)
                : HealthCheckResponse.named(NAME).down().withData("detail", fault).build();
    }
}
