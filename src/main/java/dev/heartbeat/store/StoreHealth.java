package dev.heartbeat.store;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheckResponse;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/** Does the store answer? */
@ApplicationScoped
public class StoreHealth implements AsyncHealthCheck {
    private static final String NAME = "store";
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private final StateStore store;

    StoreHealth(StateStore store) {
        this.store = store;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return store.ping()
                .ifNoItem().after(PATIENCE).fail()
                .map(ignored -> HealthCheckResponse.up(NAME))
                .onFailure().recoverWithItem(failure -> HealthCheckResponse.named(NAME).down()
                        .withData("detail", String.valueOf(failure.getMessage())).build());
    }
}
