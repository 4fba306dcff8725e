package dev.heartbeat.examples;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;

/** Does the search index answer a ping within ten seconds? Asked without a thread that waits. */
@Readiness
@ApplicationScoped
class SearchIndexCheck implements AsyncHealthCheck {
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest ping;

    SearchIndexCheck(@ConfigProperty(name = "repository.search-url") URI url) {
        ping = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(10)).build();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().completionStage(() -> http.sendAsync(ping, BodyHandlers.discarding()))
                .map(answer -> HealthCheckResponse.named("Search index").status(answer.statusCode() == 200)
                        .withData("status_code", answer.statusCode()).build())
                .onFailure().recoverWithItem(failure -> HealthCheckResponse.named("Search index").down()
                        .withData("message", failure.toString()).build());
    }
}
