package dev.heartbeat.web;

import static dev.heartbeat.web.Asking.encoded;
import static dev.heartbeat.web.Sources.host;
import static dev.heartbeat.web.Sources.state;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.Transition;
import dev.heartbeat.store.StateStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Does the API answer as its document says, and does the document say all that is answered? */
@QuarkusTest
@TestProfile(StandaloneProfile.class)
class OpenApiQuarkusTest {
    /** What a network that nobody trusts may put into a name or a detail. */
    private static final String HOSTILE = "</script><svg onload=alert(1)> \"'`\\ \u001b[31m\r\nSet-Cookie: a=b\u2028\u202e\u0000 ${7*7} {{x}} 😀";
    @Inject
    StateStore store;
    @TestHTTPResource("/")
    URI root;
    Asking api;
    JsonNode document;

    @BeforeEach
    void hostileZone() {
        api = new Asking(root);
        Sources sources = new Sources(store);
        sources.commit("hostile" + HOSTILE,
                Map.of(host(HOSTILE), state(Health.DOWN, HOSTILE), new Target(Kind.QUEUE, HOSTILE),
                        state(Health.STALE, HOSTILE),
                        new Target(Kind.WEBSITE, "w"), state(Health.UP, null)),
                List.of(Sources.down("hostile" + HOSTILE, HOSTILE, HOSTILE),
                        new Transition("hostile" + HOSTILE, null, Health.UP, Health.STALE, Sources.NOON, Reason.SILENT,
                                HOSTILE),
                        new Transition("hostile" + HOSTILE, host("gone"), Health.UP, null, Sources.NOON, Reason.RETIRED, null),
                        new Transition("hostile" + HOSTILE, host(HOSTILE), null, Health.UP, Sources.NOON, null, null)));
        document = api.json("/q/openapi?format=json");
    }

    /** What the document allows for that answer; fails when it does not tell of it. */
    private JsonSchema schema(String path, int status, String mediaType) {
        return schema("get", path, status, mediaType);
    }

    private JsonSchema schema(String method, String path, int status, String mediaType) {
        JsonNode response = document.path("paths").path(path).path(method).path("responses").path(String.valueOf(status));
        if (response.has("$ref")) {
            response = document.at(response.path("$ref").asText().substring(1));
        }
        JsonNode schema = response.path("content").path(mediaType).path("schema");
        assertThat(schema.isMissingNode()).as(path + " " + status + " " + mediaType + " in the document").isFalse();
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole,
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    }

    private void holds(String documented, String asked, int status, String mediaType) {
        HttpResponse<String> response = api.get(asked);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "")).isEqualTo(mediaType);
        Set<ValidationMessage> wrong = schema(documented, status, mediaType).validate(Asking.parsed(response));
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "/api/status, /api/status, 200", "/api/status, /api/status?kind=x, 400",
            "/api/status/{source}, /api/status/SOURCE, 200", "/api/status/{source}, /api/status/none, 404",
            "/api/status/{source}, /api/status/SOURCE?health=x, 400",
            "/api/status/{source}/{kind}/{name}, /api/status/SOURCE/host/NAME, 200",
            "/api/status/{source}/{kind}/{name}, /api/status/SOURCE/queue/NAME, 200",
            "/api/status/{source}/{kind}/{name}, /api/status/SOURCE/website/w, 200",
            "/api/status/{source}/{kind}/{name}, /api/status/SOURCE/website/none, 404",
            "/api/target, /api/target?source=SOURCE&kind=host&name=NAME, 200", "/api/target, /api/target, 400",
            "/api/target, /api/target?source=SOURCE&kind=host&name=none, 404",
            "/api/transitions, /api/transitions?source=SOURCE, 200", "/api/transitions, /api/transitions?limit=1, 200",
            "/api/transitions, /api/transitions?limit=0, 400", "/api/events, /api/events?last_event_id=x, 400",
            "/heartbeat, /heartbeat, 503",
            "/.well-known/heartbeat/readiness, /.well-known/heartbeat/readiness, 200",
            "/.well-known/heartbeat/liveliness, /.well-known/heartbeat/liveliness, 200",
            "/.well-known/heartbeat/environ, /.well-known/heartbeat/environ, 200" })
    void anAnswerIsAsTheDocumentSays(String documented, String asked, int status) {
        holds(documented, asked.replace("SOURCE", encoded("hostile" + HOSTILE)).replace("NAME", encoded(HOSTILE)), status,
                status < 400 || documented.equals("/heartbeat") ? "application/json" : "application/problem+json");
    }

    /** The targets are those of config/targets.yaml, which says what it said at the start. */
    @Test
    void whoeverHasTheTargetsReadAgainHearsWhatIsDifferent() {
        HttpResponse<String> response = api.send("POST", "/api/reload");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Asking.parsed(response).path("from").asText()).endsWith("config/targets.yaml");
        assertThat(Asking.parsed(response).path("unchanged").asInt()).isPositive();
        assertThat(schema("post", "/api/reload", 200, "application/json").validate(Asking.parsed(response))).isEmpty();
    }

    @Test
    void onlyAPostReloadsAndNoneThatAPageSends() {
        HttpResponse<String> got = api.get("/api/reload");
        assertThat(got.statusCode()).isEqualTo(405);
        assertThat(got.headers().firstValue("Allow")).hasValue("POST");
        for (String header : List.of("Origin", "Sec-Fetch-Site", "X-Forwarded-For", "Forwarded")) {
            HttpResponse<String> refused = api.send("POST", "/api/reload", header, "http://localhost");
            assertThat(refused.statusCode()).as(header).isEqualTo(403);
            assertThat(schema("post", "/api/reload", 403, "application/problem+json").validate(Asking.parsed(refused)))
                    .isEmpty();
        }
    }

    @Test
    void hostileTextComesBackAsItIsAndNowhereElse() {
        HttpResponse<String> response = api.get("/api/status/" + encoded("hostile" + HOSTILE));
        JsonNode row = Asking.parsed(response).path("targets").path(0);
        assertThat(row.path("name").asText()).isEqualTo(HOSTILE);
        assertThat(row.path("detail").asText()).isEqualTo(HOSTILE);
        assertThat(response.body()).doesNotContain("\r", "\n", "\u001b", "\u0000");
        assertThat(response.headers().map()).doesNotContainKey("set-cookie");
        HttpResponse<String> refused = api.get("/api/status/" + encoded(HOSTILE));
        assertThat(Asking.parsed(refused).path("detail").asText()).endsWith(HOSTILE);
        assertThat(refused.headers().map()).doesNotContainKey("set-cookie");
    }

    @Test
    void anEventIsOneEventWhateverIsInIt() {
        try (Browser browser = new Browser(root, "/api/events", "Last-Event-ID", firstId())) {
            Browser.Seen seen = browser.next();
            while (!seen.data().contains("hostile")) {
                seen = browser.next();
            }
            Set<ValidationMessage> wrong = schema("/api/transitions", 200, "application/json")
                    .validate(Asking.parsed("{\"transitions\":[" + seen.data() + "],\"next\":null}"));
            assertThat(wrong).isEmpty();
        }
    }

    private String firstId() {
        List<String> ids = new ArrayList<>();
        api.json("/api/transitions?source=" + encoded("hostile" + HOSTILE)).path("transitions")
                .forEach(row -> ids.add(row.path("id").asText()));
        return ids.get(ids.size() - 1);
    }

    @Test
    void theDocumentTellsOfItselfAndOfNothingElse() {
        assertThat(document.path("openapi").asText()).startsWith("3.1");
        assertThat(document.path("info").path("version").asText()).isNotEqualTo("0");
        assertThat(document.path("paths").fieldNames()).toIterable().containsExactlyInAnyOrder("/api/status",
                "/api/status/{source}", "/api/status/{source}/{kind}/{name}", "/api/target", "/api/transitions", "/api/events",
                "/heartbeat", "/api/reload", "/.well-known/heartbeat/readiness",
                "/.well-known/heartbeat/liveliness", "/.well-known/heartbeat/environ");
        document.path("paths").forEach(path -> path
                .forEach(operation -> assertThat(operation.path("summary").asText()).isNotBlank()));
    }
}
