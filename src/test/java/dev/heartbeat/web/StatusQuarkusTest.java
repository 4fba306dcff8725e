package dev.heartbeat.web;

import static dev.heartbeat.web.Asking.encoded;
import static dev.heartbeat.web.Sources.host;
import static dev.heartbeat.web.Sources.state;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;
import dev.heartbeat.store.StateStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** What does a program learn of sources and targets? */
@QuarkusTest
@TestProfile(StandaloneProfile.class)
class StatusQuarkusTest {
    @Inject
    StateStore store;
    @TestHTTPResource("/")
    URI root;
    Asking api;
    Sources sources;

    @BeforeEach
    void twoZones() {
        api = new Asking(root);
        sources = new Sources(store);
        sources.know("north", Map.of(host("db"), state(Health.UP, null), host("doa"), state(Health.DOWN, "refused"),
                new Target(Kind.QUEUE, "inbox"), state(Health.UNKNOWN, "no answer")));
        sources.know("south", Map.of(host("db"), state(Health.STALE, "no heartbeat")));
    }

    private static List<String> names(JsonNode answer) {
        List<String> names = new ArrayList<>();
        answer.path("targets").forEach(row -> names.add(row.path("source").asText() + " " + row.path("kind").asText() + " "
                + row.path("name").asText()));
        return names;
    }

    @Test
    void everySourceIsCounted() {
        JsonNode source = api.json("/api/status?source=north").path("sources").path(0);
        assertThat(source.path("targets").asInt()).isEqualTo(3);
        assertThat(source.path("up").asInt() + " " + source.path("down") + " " + source.path("unknown") + " "
                + source.path("stale")).isEqualTo("1 1 1 0");
        assertThat(source.path("heard").asText()).isEqualTo("2026-11-20T12:00:00Z");
    }

    @Test
    void aTargetIsShownWithItsReason() {
        JsonNode row = api.json("/api/status?source=north&name=doa").path("targets").path(0);
        assertThat(row.toString()).isEqualTo("{\"source\":\"north\",\"kind\":\"host\",\"name\":\"doa\",\"health\":\"DOWN\","
                + "\"was\":null,\"since\":\"2026-11-20T12:00:00Z\",\"reason\":\"UNREACHABLE\",\"detail\":\"refused\","
                + "\"last_seen_up\":\"2026-11-20T11:59:00Z\",\"last_seen_down\":\"" + row.path("last_seen_down").asText()
                + "\",\"flapping\":false,\"streak\":0}");
        assertThat(row.path("last_seen_down").asText()).startsWith("2026-11-20T12:0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "source=north | north host db, north host doa, north queue inbox",
            "source=north&source=south&name=db | north host db, south host db",
            "source=north&kind=queue | north queue inbox",
            "source=north&kind=queue&kind=HOST&name=d* | north host db, north host doa",
            "source=north&health=down | north host doa",
            "source=north&source=south&health=DOWN&health=STALE | north host doa, south host db",
            "source=north&name=d?  | north host db",
            "source=north&name=* | north host db, north host doa, north queue inbox",
            "source=north&kind= | north host db, north host doa, north queue inbox",
            "source=nowhere |" })
    void theQuerySaysWhichTargets(String query, String expected) {
        assertThat(String.join(", ", names(api.json("/api/status?" + query)))).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "kind=hosts | kind=hosts is none of host, website, queue, consumer, health",
            "health=green | health=green is none of UP, DOWN, UNKNOWN, STALE" })
    void whatIsNotUnderstoodIsRefusedWithWhatWouldBeRight(String query, String words) {
        HttpResponse<String> refused = api.get("/api/status?" + query);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Asking.parsed(refused).path("detail").asText()).isEqualTo(words);
    }

    /** Which no well-behaved client sends. */
    @ParameterizedTest
    @ValueSource(strings = { "/api/status?kind=%zz", "/api/status/north/host/%zz", "/api/status/%", "/api/status?%f=%" })
    void aMalformedAddressIsRefused(String path) {
        try (Browser bare = new Browser(root, path)) {
            assertThat(bare.head).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void oneSourceAnswersInTheSameForm() {
        JsonNode answer = api.json("/api/status/north?kind=host");
        assertThat(names(answer)).containsExactly("north host db", "north host doa");
        assertThat(answer.path("sources")).hasSize(1);
        assertThat(api.get("/api/status/nowhere").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = { "plain", "a/b", "/", "//", "../db", "..", ".", "100%", "%2F", "%", "a b", " ", "a+b", "a;b=c", "?",
            "a?b#c&d=e", "smörgås 😀 日本", "<script>alert(1)</script>", "\"quoted\" 'too'", "line\r\nend", "\u001b[31mred",
            "\u202Eback", "\u0000", "", "a\\b", "*", "a/" })
    void aTargetIsFoundWhateverItsName(String name) {
        sources.know("zone", Health.UP, name, "another");
        for (String path : List.of("/api/status/zone/host/" + encoded(name),
                "/api/target?source=zone&kind=host&name=" + encoded(name))) {
            HttpResponse<String> found = api.get(path);
            assertThat(found.statusCode()).as(path).isEqualTo(200);
            assertThat(Asking.parsed(found).path("name").asText()).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @CsvSource({ "a/b, /a/b", "a;b=c, /a;b=c", "a+b, /a+b", "a:b@c, /a:b@c" })
    void whatNeedsNoEncodingIsTakenAsItIs(String name, String path) {
        sources.know("zone", Health.UP, name);
        assertThat(api.json("/api/status/zone/host" + path).path("name").asText()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = { "a/b", "%2F", "a b", "😀", "<b>", "a;b", "..x" })
    void aSourceIsFoundWhateverItsName(String source) {
        sources.know(source, Health.UP, "db");
        assertThat(names(api.json("/api/status/" + encoded(source)))).containsExactly(source + " host db");
        assertThat(api.json("/api/status/" + encoded(source) + "/host/db").path("source").asText()).isEqualTo(source);
    }

    @ParameterizedTest
    @CsvSource({ "/api/status/north/host/nothing, 404", "/api/status/north/hosts/db, 404", "/api/status/nowhere/host/db, 404",
            "/api/status/north/host, 404", "/api/target?source=north&kind=host, 400",
            "/api/status/north/, 200", "/api/status/, 200" })
    void anAddressThatNamesNothingSaysSo(String path, int status) {
        assertThat(api.get(path).statusCode()).isEqualTo(status);
    }

    @Test
    void aTargetHasAHistory() {
        sources.goDown("north", "doa", "db", "doa");
        JsonNode target = api.json("/api/status/north/host/doa");
        assertThat(target.path("uptime").fieldNames()).toIterable().containsExactly("24h", "7d", "30d", "90d");
        assertThat(target.path("transitions")).allMatch(row -> row.path("name").asText().equals("doa"))
                .hasSizeGreaterThanOrEqualTo(2).hasSizeLessThanOrEqualTo(50);
        assertThat(target.path("latency").isArray()).isTrue();
        assertThat(target.path("days").isArray()).isTrue();
    }

    @Test
    void nothingIsSentTwiceToWhoHasItAlready() {
        HttpResponse<String> first = api.get("/api/status?source=north");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = api.get("/api/status?source=north", "If-None-Match", "\"other\", " + tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).hasValue(tag);
        assertThat(again.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(api.get("/api/status?source=north&kind=host", "If-None-Match", tag).statusCode()).isEqualTo(200);
        sources.know("south", Health.UP, "db");
        assertThat(api.get("/api/status?source=north", "If-None-Match", tag).statusCode()).isEqualTo(304);
        sources.know("north", Health.UP, "db");
        assertThat(api.get("/api/status?source=north", "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @Test
    void tenThousandTargetsAreAnsweredWhole() {
        Map<Target, TargetState> many = new TreeMap<>();
        for (int i = 0; i < 10_000; i++) {
            many.put(host("target-%05d.internal.example".formatted(i)),
                    state(i % 10 == 0 ? Health.DOWN : Health.UP, i % 10 == 0 ? "connection refused: 10.0.0.1:8080" : null));
        }
        sources.know("big", many);
        long[] millis = new long[21];
        String body = "";
        for (int i = 0; i < millis.length; i++) {
            long begin = System.nanoTime();
            body = api.get("/api/status?source=big").body();
            millis[i] = (System.nanoTime() - begin) / 1_000_000;
        }
        sources.know("big", Map.of());
        Arrays.sort(millis);
        System.out.println("/api/status of 10,000 targets: " + body.length() / 1024 + " KiB, median " + millis[10] + " ms, "
                + millis[0] + " to " + millis[20] + " ms");
        assertThat(Asking.parsed(body).path("targets")).hasSize(10_000);
    }
}
