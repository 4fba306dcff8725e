package dev.heartbeat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;

import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heartbeat.checks.Played;
import io.quarkus.arc.Arc;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.health.api.HealthRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;

/** What do both surfaces say of the checks of somebody who builds on this program, whatever these do? */
@QuarkusTest
@TestProfile(HealthSurfaceQuarkusTest.Somebody.class)
class HealthSurfaceQuarkusTest {
    public static final class Somebody implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.test-port", "0", "quarkus.redis.active", "false", "health.timeout", "1s",
                    "quarkus.arc.exclude-types", "dev.heartbeat.examples.*");
        }
    }

    @TestHTTPResource("/")
    URI root;
    @Inject
    @Readiness
    HealthRegistry registry;
    @Inject
    GuardedChecks guarded;
    Asking api;
    private final CountDownLatch release = new CountDownLatch(1);
    private final CompletableFuture<HealthCheckResponse> late = new CompletableFuture<>();

    @BeforeEach
    void calm() {
        api = new Asking(root);
        Played.calm();
        // What hung in the test before is on its way back.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(api.get(WellKnown.READINESS).statusCode()).isEqualTo(200);
            assertThat(api.get(WellKnown.ENVIRON).body()).contains("\"status\":true");
        });
        Played.CALLS.set(0);
    }

    @AfterEach
    void letGo() {
        release.countDown();
        late.complete(HealthCheckResponse.up("reactive"));
        Played.calm();
    }

    private <T> T hang(T answer) {
        try {
            release.await();
            return answer;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String golden(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/oh", name)).strip();
    }

    /** In MicroProfile's JSON. */
    private JsonNode microProfile(String path, String name) {
        for (JsonNode check : api.json(path).path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError(name + " is missing at " + path);
    }

    /** In both surfaces, with these words. */
    private void failsInBoth(String name, String message) {
        HttpResponse<String> oh = api.get(WellKnown.READINESS);
        assertThat(oh.statusCode()).isEqualTo(500);
        JsonNode check = Asking.parsed(oh).path("checks").path(name);
        assertThat(check.path("status").asBoolean(true)).as(oh.body()).isFalse();
        assertThat(check.path("message").asText()).startsWith(message);
        assertThat(check.path("limit").asText()).isEqualTo("1s");
        assertThat(Asking.parsed(oh).path("checks").path("live")).isEmpty();
        assertThat(Asking.parsed(oh).path("checks").path("reactive").path("status").asBoolean()
                || name.equals("reactive")).isTrue();
        assertThat(api.get("/q/health/ready").statusCode()).isEqualTo(503);
        JsonNode same = microProfile("/q/health/ready", name);
        assertThat(same.path("status").asText()).isEqualTo("DOWN");
        assertThat(same.path("data").path("message").asText()).startsWith(message);
        assertThat(same.path("data").path("limit").asText()).isEqualTo("1s");
    }

    @Test
    void theBodyIsAsTheOriginals() throws IOException {
        Played.live = () -> HealthCheckResponse.named("Database").down().withData("message", "Error accessing database")
                .build();
        HttpResponse<String> answer = api.get(WellKnown.LIVELINESS);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(Asking.parsed(answer)).isEqualTo(Asking.parsed(golden("readiness-failing.json")));
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void dataKeepItsTypesAndCanNotSpeakForTheStatus() throws IOException {
        Played.live = () -> new HealthCheckResponse("Typed", Status.DOWN, java.util.Optional.of(new java.util.TreeMap<>(
                Map.of("status", true, "deep", true, "seconds", 3L, "small", 4, "word", "\"quoted\" \u0007"))));
        assertThat(api.get(WellKnown.LIVELINESS).body()).isEqualTo(golden("liveliness-typed.json"));
    }

    @Test
    void whatMicroProfileHasNoTypeForKeepsItsOwnWhereTheOriginalsDid() {
        Map<String, Object> data = new TreeMap<>(Map.of("time", 0.25, "exact", new BigDecimal("12.50"), "huge",
                BigInteger.TWO.pow(80), "list", List.of(1, 0.5, "x", List.of()), "map", Map.of("deep", Map.of("down", 1.5f)),
                "array", new int[] { 1, 2 }, "never", Double.NaN, "thread", Thread.State.NEW, "count", 7L));
        data.put("nothing", null);
        Played.live = () -> new HealthCheckResponse("Typed", Status.DOWN, Optional.of(data));
        assertThat(api.get(WellKnown.LIVELINESS).body()).isEqualTo("{\"status\":false,\"checks\":{\"Typed\":{\"status\":false,"
                + "\"array\":[1,2],\"count\":7,\"exact\":12.50,\"huge\":1208925819614629174706176,\"list\":[1,0.5,\"x\",[]],"
                + "\"map\":{\"deep\":{\"down\":1.5}},\"never\":\"NaN\",\"nothing\":null,\"thread\":\"NEW\",\"time\":0.25}}}");
        JsonNode shown = microProfile("/q/health/live", "Typed").path("data");
        assertThat(shown.path("time").asText() + shown.path("count")).isEqualTo("0.257");
        assertThat(shown).allMatch(value -> value.isTextual() || value.isIntegralNumber()).hasSize(10);
    }

    @Test
    void dataWithoutAnEndAreTheFailureOfTheirCheck() {
        List<Object> circle = new ArrayList<>();
        circle.add(List.of(circle));
        Played.live = () -> new HealthCheckResponse("Circle", Status.UP, Optional.of(Map.of("circle", circle)));
        JsonNode oh = api.json(WellKnown.LIVELINESS).path("checks").path("Circle");
        assertThat(oh.path("status").asBoolean(true)).isFalse();
        assertThat(oh.path("message").asText()).startsWith("StackOverflowError");
        assertThat(microProfile("/q/health/live", "Circle").path("status").asText()).isEqualTo("DOWN");
    }

    @Test
    void everyCheckIsInBothSurfacesAndWhatHasNotBegunIsNotReady() {
        JsonNode checks = api.json(WellKnown.READINESS).path("checks");
        assertThat(checks.fieldNames()).toIterable().containsExactlyInAnyOrder("ready", "reactive", "fresh", "started", "begun",
                "store", "sources", "publishing", "targets");
        assertThat(checks.path("begun").toString()).isEqualTo("{\"status\":true,\"mode\":\"standalone\"}");
        assertThat(checks.path("sources").path("known").isIntegralNumber()).isTrue();
        Played.started = () -> HealthCheckResponse.down("started");
        assertThat(api.get(WellKnown.READINESS).statusCode()).isEqualTo(500);
        assertThat(api.get("/q/health/started").statusCode()).isEqualTo(503);
        assertThat(api.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(api.get(WellKnown.LIVELINESS).body()).isEqualTo("{\"status\":true,\"checks\":{\"live\":{\"status\":true}}}");
    }

    @Test
    void oneThatThrowsIsOneFailedCheck() {
        Played.ready = () -> {
            throw new IllegalStateException("the pool is closed");
        };
        failsInBoth("ready", "IllegalStateException: the pool is closed");
        Played.calm();
        assertThat(api.get(WellKnown.READINESS).statusCode()).isEqualTo(200);
    }

    @Test
    void soIsOneThatFailsLaterOrAnswersNothing() {
        Played.reactive = () -> Uni.createFrom().failure(new IOException("reset by peer"));
        failsInBoth("reactive", "IOException: reset by peer");
        Played.reactive = () -> null;
        failsInBoth("reactive", "IllegalStateException: it answered nothing");
        Played.calm();
        Played.ready = () -> null;
        failsInBoth("ready", "IllegalStateException: it answered nothing");
    }

    @Test
    void oneThatHangsIsOneFailedCheckAndIsNotCalledAgainAndAgain() {
        Played.ready = () -> hang(HealthCheckResponse.up("ready"));
        for (int i = 0; i < 5; i++) {
            failsInBoth("ready", "no answer within 1s");
        }
        assertThat(Played.CALLS).hasValue(1);
    }

    @Test
    void oneThatNeverAnswersIsOneFailedCheck() {
        Played.reactive = () -> Uni.createFrom().completionStage(late);
        failsInBoth("reactive", "no answer within 1s");
    }

    @Test
    void neitherKindRunsOnAnEventLoop() {
        ConcurrentLinkedQueue<Boolean> loops = new ConcurrentLinkedQueue<>();
        Supplier<HealthCheckResponse> seen = () -> {
            loops.add(Context.isOnEventLoopThread());
            return HealthCheckResponse.up("seen");
        };
        Played.ready = seen;
        Played.reactive = () -> Uni.createFrom().item(seen.get());
        registry.register("registered", guarded.named("registered", seen::get));
        api.get("/q/health/ready");
        api.get(WellKnown.READINESS);
        registry.remove("registered");
        assertThat(loops).hasSize(6).containsOnly(false);
    }

    /** Each waits for the other, so one after the other they would both hang. */
    @Test
    void theyAreAskedSideBySide() {
        CyclicBarrier together = new CyclicBarrier(2);
        Supplier<HealthCheckResponse> meeting = () -> {
            try {
                together.await();
                return HealthCheckResponse.up("met");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        Played.ready = meeting;
        Played.reactive = () -> Uni.createFrom().item(meeting.get());
        assertThat(api.get(WellKnown.READINESS).statusCode()).isEqualTo(200);
        assertThat(api.get("/q/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void ofTwoWithOneNameTheOneThatFailedIsShown() {
        Played.ready = () -> HealthCheckResponse.named("same").down().withData("why", "ill").build();
        Played.reactive = () -> Uni.createFrom().item(HealthCheckResponse.up("same"));
        assertThat(api.get(WellKnown.READINESS).body()).contains("\"same\":{\"status\":false,\"why\":\"ill\"}");
        assertThat(api.get(WellKnown.READINESS).statusCode()).isEqualTo(500);
    }

    @Test
    void oneThatCanNotBeMadeIsOneFailedCheck() {
        Arc.container().instance(Played.Started.class, org.eclipse.microprofile.health.Startup.Literal.INSTANCE).destroy();
        Played.making = () -> {
            throw new IllegalStateException("no driver");
        };
        String name = Played.Started.class.getName();
        JsonNode oh = api.json(WellKnown.READINESS).path("checks");
        assertThat(oh.path(name).path("status").asBoolean(true)).isFalse();
        assertThat(oh.path(name).path("message").asText()).contains("no driver");
        assertThat(oh.path("ready").path("status").asBoolean()).isTrue();
        assertThat(api.get("/q/health/started").statusCode()).isEqualTo(503);
        assertThat(microProfile("/q/health/started", name).path("data").path("message").asText()).contains("no driver");
    }

    @Test
    void oneThatIsMadeAnewForEachQuestionFailsByTheNameThatItGaveItself() {
        assertThat(api.json(WellKnown.READINESS).path("checks").path("fresh").path("status").asBoolean()).isTrue();
        Played.fresh = () -> {
            throw new IllegalStateException("no disk");
        };
        failsInBoth("fresh", "IllegalStateException: no disk");
        Played.fresh = () -> hang(HealthCheckResponse.up("fresh"));
        failsInBoth("fresh", "no answer within 1s");
    }

    @Test
    void oneThatIsMadeAnewAndCanNotBeIsNamedAndNoneThatCould() {
        Played.makingFresh = () -> {
            throw new IllegalStateException("no socket");
        };
        isNamedInBoth(Played.Fresh.class.getName(), "no socket");
        Played.makingFresh = () -> hang(null);
        isNamedInBoth(Played.Fresh.class.getName(), "no answer within 1s");
    }

    private void isNamedInBoth(String name, String message) {
        JsonNode oh = api.json(WellKnown.READINESS).path("checks");
        assertThat(oh.path(name).path("status").asBoolean(true)).as(oh.toString()).isFalse();
        assertThat(oh.path(name).path("message").asText()).contains(message);
        assertThat(microProfile("/q/health/ready", name).path("data").path("message").asText()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = { WellKnown.READINESS, WellKnown.LIVELINESS, WellKnown.ENVIRON })
    void onlyGetAndHeadAreAnswered(String path) {
        HttpResponse<String> head = api.send("HEAD", path);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(api.send("POST", path).statusCode()).isEqualTo(405);
    }

    @Test
    void environTellsWhatRunsHere() {
        JsonNode answer = api.json(WellKnown.ENVIRON);
        assertThat(answer.fieldNames()).toIterable().containsExactlyInAnyOrder("status", "libraries", "java", "heartbeat",
                "runtime");
        assertThat(answer.path("status").asBoolean()).isTrue();
        assertThat(answer.path("java").path(0).asInt()).isEqualTo(Runtime.version().feature());
        assertThat(answer.path("heartbeat").path("mode").asText()).isEqualTo("standalone");
        assertThat(java.time.Instant.parse(answer.path("heartbeat").path("started").asText())).isBefore("9999-01-01T00:00:00Z");
        assertThat(answer.path("runtime").path("native").isBoolean()).isTrue();
        assertThat(answer.path("runtime").path("processors").isInt()).isTrue();
    }

    @Test
    void aProbeAddsWhatItFoundAndIsHeardAfterOurs() {
        Played.environ = () -> new EnvironProbe.Found(false, Map.of("status", true, "java", "mine", "deep",
                Map.of("list", java.util.List.of(1, 0.5, true, "x"))));
        HttpResponse<String> answer = api.get(WellKnown.ENVIRON);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Asking.parsed(answer).path("status").asBoolean(true)).isFalse();
        assertThat(Asking.parsed(answer).path("java").asText()).isEqualTo("mine");
        assertThat(answer.body()).contains("\"deep\":{\"list\":[1,0.5,true,\"x\"]}").containsOnlyOnce("\"status\"");
        assertThat(Asking.parsed(answer).has("failed")).isFalse();
    }

    @Test
    void aProbeThatThrowsHangsOrSaysNoJsonNamesItself() {
        String name = Played.Environ.class.getName();
        Played.environ = () -> {
            throw new IOException("no disk");
        };
        assertThat(failed(name)).isEqualTo("IOException: no disk");
        Played.environ = () -> EnvironProbe.Found.of(Map.of("thread", Thread.currentThread()));
        assertThat(failed(name)).startsWith("IllegalArgumentException");
        Played.environ = () -> hang(EnvironProbe.Found.of(Map.of()));
        assertThat(failed(name)).isEqualTo("no answer within 1s");
        assertThat(failed(name)).startsWith("no answer within 1s: asked at");
    }

    private String failed(String name) {
        HttpResponse<String> answer = api.get(WellKnown.ENVIRON);
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode whole = Asking.parsed(answer);
        assertThat(whole.path("status").asBoolean(true)).isFalse();
        assertThat(whole.path("java").path(0).asInt()).isEqualTo(Runtime.version().feature());
        assertThat(whole.path("failed").path(name).path("limit").asText()).isEqualTo("1s");
        return whole.path("failed").path(name).path("message").asText();
    }
}
