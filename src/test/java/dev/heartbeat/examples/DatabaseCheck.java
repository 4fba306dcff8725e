package dev.heartbeat.examples;

import java.sql.Connection;
import java.sql.SQLException;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.postgresql.ds.PGSimpleDataSource;

/** Does the repository's database answer? */
@Readiness
@ApplicationScoped
class DatabaseCheck implements HealthCheck {
    private final PGSimpleDataSource database = new PGSimpleDataSource();

    DatabaseCheck(@ConfigProperty(name = "repository.database-url") String url) {
        database.setUrl(url);
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("Database");
        long began = System.nanoTime();
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute("select 1");
            return answer.up().withData("milliseconds", (System.nanoTime() - began) / 1_000_000).build();
        } catch (SQLException e) {
            return answer.down().withData("message", e.getMessage()).build();
        }
    }
}
