package dev.heartbeat.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.heartbeat.services.PostgresServer;
import dev.heartbeat.services.Site;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Do the examples that the README shows do what it says? With a real database and a real site. */
@QuarkusTest
@TestProfile(OwnChecksQuarkusTest.Repository.class)
class OwnChecksQuarkusTest {

    public static final class Repository implements QuarkusTestProfile {
        static final PostgresServer DATABASE = PostgresServer.start();
        static final Site SITE = Site.open();

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.test-port", "0", "quarkus.redis.active", "false", "quarkus.arc.exclude-types",
                    "dev.heartbeat.checks.*", "health.timeout", "12s", "repository.site", "Prague", "repository.database-url",
                    "jdbc:postgresql://localhost:" + DATABASE.port() + "/postgres?user=postgres", "repository.search-url",
                    SITE.url());
        }
    }

    @TestHTTPResource("/.well-known/heartbeat/readiness")
    URI readiness;
    @TestHTTPResource("/.well-known/heartbeat/environ")
    URI environ;

    @BeforeEach
    void healthy() {
        Repository.SITE.says(200, "pong");
    }

    @AfterAll
    static void close() {
        Repository.SITE.close();
        Repository.DATABASE.close();
    }

    private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode check(HttpResponse<String> answer, String name) throws IOException {
        return new ObjectMapper().readTree(answer.body()).path("checks").path(name);
    }

    @Test
    void aDatabaseAndASearchIndexThatAnswerAreReady() throws Exception {
        HttpResponse<String> answer = get(readiness);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(check(answer, "Database").path("status").asBoolean()).isTrue();
        assertThat(check(answer, "Database").path("milliseconds").isIntegralNumber()).isTrue();
        assertThat(check(answer, "Search index").toString()).isEqualTo("{\"status\":true,\"status_code\":200}");
    }

    @Test
    void aSearchIndexThatIsIllIsNot() throws Exception {
        Repository.SITE.says(503, "sorry");
        HttpResponse<String> answer = get(readiness);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(check(answer, "Search index").toString()).isEqualTo("{\"status\":false,\"status_code\":503}");
        assertThat(check(answer, "Database").path("status").asBoolean()).isTrue();
    }

    @Test
    void aDatabaseThatIsAwayIsNotUntilItIsBack() throws Exception {
        Repository.DATABASE.stop();
        HttpResponse<String> away = get(readiness);
        Repository.DATABASE.startAgain();
        assertThat(away.statusCode()).isEqualTo(500);
        assertThat(check(away, "Database").path("status").asBoolean(true)).isFalse();
        assertThat(check(away, "Database").path("message").asText()).contains("refused");
        assertThat(get(readiness).statusCode()).isEqualTo(200);
    }

    @Test
    void aProbeOfSomebodyElseStandsBesideOurs() throws Exception {
        JsonNode answer = new ObjectMapper().readTree(get(environ).body());
        assertThat(answer.path("site").asText()).isEqualTo("Prague");
        assertThat(answer.path("heartbeat").path("mode").asText()).isEqualTo("standalone");
    }

    @ParameterizedTest
    @ValueSource(strings = { "DatabaseCheck", "SearchIndexCheck", "SiteProbe" })
    void theReadmeShowsThisCode(String example) throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/heartbeat/examples", example + ".java"));
        String shown = source.substring(source.lastIndexOf("\nimport ")).replaceFirst("\n.*\n\n", "");
        assertThat(Files.readString(Path.of("README.md"))).contains(shown.strip());
    }
}
