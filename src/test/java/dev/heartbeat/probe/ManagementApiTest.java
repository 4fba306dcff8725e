package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.QueueSpec;
import dev.heartbeat.model.Reason;
import dev.heartbeat.services.Ports;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.buffer.Buffer;

class ManagementApiTest {
    private static final QueueSpec Q = Specs.queue("q", "l=svc");
    private static final String UP = """
            [{"active":true,"activity_status":"up","consumer_tag":"svc-1","queue":{"name":"q"}}]
            """;

    private final RecordedApi api = new RecordedApi();

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            "active":true,"activity_status":"blocked"         | UP   |
            "active":false,"activity_status":"suspected_down" | DOWN | INACTIVE
            "active":false                                    | DOWN | INACTIVE
            "active":true                                     | UP   |
            "exclusive":false                                 | UP   |
            """)
    void whatARealBrokerCanNotBeMadeToSay(String fields, Health health, Reason reason) {
        api.on("consumers/%2F", 200, "[{%s,\"consumer_tag\":\"svc-1\",\"queue\":{\"name\":\"q\"}}]".formatted(fields));
        Outcome outcome = api.ask().round(Q).get("consumer l");
        assertThat(outcome.health()).isEqualTo(health);
        assertThat(outcome.reason()).isEqualTo(reason);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            401 | {"error":"not_authorised","reason":"Login failed"} | answered 401: Login failed
            403 | Forbidden                                          | answered 403
            404 | {"error":"Object Not Found","reason":"Not Found"}  | there is no vhost /
            500 | {"error":"x","reason":{"a":1}}                     | answered 500
            502 | <html><body>Bad Gateway</body></html>              | answered 502
            302 |                                                    | answered 302
            204 |                                                    | answered 204
            200 | <html>Log in</html>                                | is not the JSON of RabbitMQ's management API
            200 | {"error":"none"}                                   | is not the JSON of RabbitMQ's management API
            200 | [{"consumer_tag":                                  | is not the JSON of RabbitMQ's management API
            200 |                                                    | is not the JSON of RabbitMQ's management API
            """)
    void aFailingApiSaysNothingOfTheTargets(int status, String body, String words) {
        api.on("consumers/%2F", status, body == null ? "" : body);
        assertUnknown(api.ask().round(Q, Specs.queue("empty")), words, "queue q", "consumer l", "queue empty");
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        Buffer blank = Buffer.buffer(" ".repeat(1 << 20));
        AtomicBoolean gone = new AtomicBoolean();
        api.on("consumers/%2F", response -> {
            response.closeHandler(closed -> gone.set(true)).setChunked(true).write("[");
            IntStream.rangeClosed(0, 64).forEach(any -> response.write(blank));
        });
        assertUnknown(api.ask().round(Q), "is longer than 67108864 bytes", "queue q", "consumer l");
        await().untilTrue(gone);
    }

    @Test
    void aReasonWithoutEndIsCutOff() {
        api.on("consumers/%2F", response -> response.setStatusCode(500).setChunked(true).write("x".repeat(10_000)));
        assertUnknown(api.ask().round(Q), "answered 500", "queue q", "consumer l");
    }

    @Test
    void nobodyListensOnThePort() {
        int free = Ports.free();
        assertUnknown(Asked.of(free, "/", "guest").round(Q), "connection refused by http://localhost:" + free, "queue q",
                "consumer l");
    }

    @Test
    void aHangingApiIsUnknownBeforeTheTimeout() throws IOException {
        try (ServerSocket mute = new ServerSocket(0)) {
            QueueSpec spec = Specs.within(Duration.ofMillis(500), "q", "l=svc");
            assertUnknown(Asked.of(mute.getLocalPort(), "/", "guest").round(spec), "no answer within 400 ms", "queue q",
                    "consumer l");
        }
    }

    @Test
    void aDrippingApiIsUnknownBeforeTheTimeout() {
        api.on("consumers/%2F", response -> {
            response.setChunked(true).write("[");
            long timer = Asked.VERTX.setPeriodic(20, any -> response.write(" "));
            response.closeHandler(closed -> Asked.VERTX.cancelTimer(timer));
        });
        assertUnknown(api.ask().round(Specs.within(Duration.ofMillis(500), "q", "l=svc")), "no answer within 400 ms", "queue q",
                "consumer l");
    }

    @Test
    void whoeverStopsWaitingClosesTheConnection() {
        AtomicBoolean gone = new AtomicBoolean();
        api.on("consumers/%2F", response -> response.closeHandler(closed -> gone.set(true)));
        Check check = api.ask().probe().checks(List.of(Q)).get(0);
        Cancellable waiting = check.ask().subscribe().with(findings -> {
        });
        await().until(() -> api.asked().contains("consumers/%2F"));
        waiting.cancel();
        await().untilTrue(gone);
    }

    @Test
    void abandonedRoundsLeaveRoomForTheNext() {
        Asked asked = api.ask();
        api.on("consumers/%2F", response -> {
        });
        QueueSpec hasty = Specs.within(Duration.ofMillis(100), "q", "l=svc");
        IntStream.range(0, 10).forEach(any -> asked.round(hasty));
        api.on("consumers/%2F", 200, UP);
        assertThat(asked.round(Q)).containsEntry("queue q", Outcome.UP);
    }

    @Test
    void whatAskingCostsTheBrokerIsMeasured() {
        Asked asked = api.on("consumers/%2F", 200, UP).ask();
        asked.round(Q);
        assertThat(asked.registry().get("heartbeat.management.requests").functionCounter().count()).isEqualTo(2);
        assertThat(asked.registry().get("heartbeat.management.request.duration").timer().count()).isEqualTo(2);
        assertThat(asked.registry().get("heartbeat.management.received").counter().count())
                .isEqualTo(RecordedApi.ADMINISTRATOR.length() + UP.length());
        api.on("consumers/%2F", 500, "{}");
        asked.round(Q);
        // The time is noted after the answer is handed on.
        await().untilAsserted(() -> assertThat(asked.registry().get("heartbeat.management.request.duration").timer().count())
                .isEqualTo(3));
        assertThat(asked.registry().get("heartbeat.management.failures").counter().count()).isEqualTo(1);
    }

    @Test
    void connectionsAreKept() {
        api.on("consumers/%2F", 200, UP);
        Asked asked = api.ask();
        assertThat(asked.requestsOf(() -> IntStream.range(0, 5).forEach(any -> asked.round(Q)))).isEqualTo(6);
        assertThat(api.connections()).isBetween(1, 2);
    }

    @Test
    void serviceUnavailableIsLeftAloneForAsLongAsItAsks() {
        api.on("consumers/%2F", response -> response.setStatusCode(503).putHeader("Retry-After", "4").end());
        Asked asked = api.ask();
        assertUnknown(asked.round(Q), "answered 503", "queue q", "consumer l");
        api.on("consumers/%2F", 200, UP);
        assertThat(asked.requestsOf(
                () -> assertUnknown(asked.round(Q), "not asked: http://localhost:", "queue q", "consumer l"))).isZero();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(asked.round(Q)).containsEntry("queue q", Outcome.UP));
    }

    @ParameterizedTest(name = "Retry-After: {0}")
    @CsvSource({ "0, 0", "7, 7", "1000000, 120", "9999999999, 10", "soon, 10", ", 10", "-1, 10" })
    void quietIsAsLongAsAskedButBounded(String retryAfter, long seconds) {
        Quiet quiet = new Quiet();
        quiet.ask(retryAfter);
        assertThat(quiet.left()).isBetween(Duration.ofSeconds(seconds - 1), Duration.ofSeconds(seconds));
    }

    @Test
    void quietMayEndAtADate() {
        Quiet quiet = new Quiet();
        quiet.ask(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(60)));
        assertThat(quiet.left()).isBetween(Duration.ofSeconds(57), Duration.ofSeconds(60));
    }

    @Test
    void aListOfNamesThatFailsConcernsTheQueuesThatShowNoConsumer() {
        api.on("consumers/%2F", 200, UP).on("queues/%2F", 500, "");
        assertThat(api.ask().round(Q, Specs.queue("other", "m=svc"))).containsEntry("queue q", Outcome.UP)
                .containsEntry("consumer l", Outcome.UP)
                .hasEntrySatisfying("queue other", outcome -> assertThat(outcome.reason()).isEqualTo(Reason.API_FAILED))
                .hasEntrySatisfying("consumer m", outcome -> assertThat(outcome.reason()).isEqualTo(Reason.API_FAILED));
    }

    @Test
    void oneQueueThatFailsSaysNothingOfTheOthers() {
        api.on("whoami", 200, RecordedApi.MANAGEMENT).on("queues/%2F", 200, "[{\"name\":\"q\"},{\"name\":\"sick\"}]")
                .on("queues/%2F/q", 200, "{\"consumer_details\":[{\"consumer_tag\":\"svc\",\"activity_status\":\"up\"}]}")
                .on("queues/%2F/sick", 500, "").on("queues/%2F/silent", response -> {
                });
        Map<String, Outcome> round = api.ask().round(Q, Specs.queue("sick", "l=svc"), Specs.queue("gone", "m=svc"),
                Specs.within(Duration.ofSeconds(6), "silent", "n=svc"));
        assertThat(round.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                entry -> entry.getValue().health() + " " + entry.getValue().reason()))).containsOnly(
                        Map.entry("queue q", "UP null"), Map.entry("queue sick", "UNKNOWN API_FAILED"),
                        Map.entry("consumer l", "UNKNOWN API_FAILED"), Map.entry("queue gone", "UNKNOWN API_FAILED"),
                        Map.entry("consumer m", "UNKNOWN API_FAILED"), Map.entry("queue silent", "UNKNOWN API_FAILED"),
                        Map.entry("consumer n", "UNKNOWN API_FAILED"));
    }

    @Test
    void aQueueWithoutWordsOnConsumersIsUnknown() {
        api.on("whoami", 200, RecordedApi.MANAGEMENT).on("queues/%2F/q", 200, "{\"name\":\"q\"}");
        assertUnknown(api.ask().round(Q), "shows no consumers of this queue", "queue q", "consumer l");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ["administrator"]         | consumers/%2F
            ["management","monitoring"] | consumers/%2F
            "monitoring,other"        | consumers/%2F
            "administrator"           | consumers/%2F
            ["management"]            | queues/%2F/q
            ["policymaker"]           | queues/%2F/q
            "management, policymaker" | queues/%2F/q
            ["monitoring2"]           | queues/%2F/q
            []                        | queues/%2F/q
            """)
    void tagsDecideHowConsumersAreAskedFor(String tags, String path) {
        api.on("whoami", 200, "{\"name\":\"guest\",\"tags\":" + tags + "}").on("consumers/%2F", 200, UP)
                .on("queues/%2F/q", 200, "{\"consumer_details\":[{\"consumer_tag\":\"svc\",\"activity_status\":\"up\"}]}");
        assertThat(api.ask().round(Q)).containsEntry("queue q", Outcome.UP);
        assertThat(api.asked()).containsExactly("whoami", path);
    }

    @Test
    void tagsAreAskedForAgainAfterAnHourOrARefusal() {
        AtomicLong now = new AtomicLong();
        Asked asked = Asked.of(api.port(), now::get);
        api.on("consumers/%2F", 200, UP);
        asked.round(Q);
        now.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(asked.requestsOf(() -> asked.round(Q))).isEqualTo(1);
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(asked.requestsOf(() -> asked.round(Q))).isEqualTo(2);
        api.on("consumers/%2F", 401, "");
        assertThat(asked.requestsOf(() -> asked.round(Q))).isEqualTo(1);
        api.on("consumers/%2F", 200, UP);
        assertThat(asked.requestsOf(() -> asked.round(Q))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = { "a/b", "ü 日", "50% + ?x=1#y", "a;b&c=d", "\u0001" })
    void namesAreEncoded(String name) {
        String encoded = ManagementApi.encode(name);
        assertThat(encoded).matches("([\\w.*-]|%[0-9A-F]{2})+");
        assertThat(URI.create("/" + encoded).getPath()).isEqualTo("/" + name);
    }

    @ParameterizedTest(name = "TLS {0}, port {1}")
    @CsvSource({ "false, 15671, 1", "true, 15672, 1", "false, 15672, 0", "true, 15671, 0", "false, 8080, 0", "true, , 0" })
    void aPortThatContradictsTlsIsWarnedOf(String tls, String port, int warnings) {
        Map<String, String> settings = Asked.settings(0, "/", "secret");
        settings.put("rabbitmq.tls", tls);
        settings.put("rabbitmq.management-port", port == null ? "" : port);
        List<String> warned = new ArrayList<>();
        Recorder recorder = new Recorder(warned);
        Logger logger = Logger.getLogger(ManagementApi.class.getName());
        logger.addHandler(recorder);
        Asked.of(settings);
        logger.removeHandler(recorder);
        assertThat(warned).hasSize(warnings).noneMatch(line -> line.contains("secret"));
    }

    private static final class Recorder extends Handler {
        private final List<String> lines;

        Recorder(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public void publish(LogRecord entry) {
            lines.add(new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    }

    @Test
    void tenThousandConsumersAreFine() {
        api.on("consumers/%2F", 200, IntStream.range(0, 10_000).mapToObj(i -> """
                {"active":true,"activity_status":"up","consumer_tag":"svc-%d","queue":{"name":"%s"}}
                """.formatted(i, i % 2 == 0 ? "q" : "q" + i)).collect(Collectors.joining(",", "[", "]")));
        assertThat(
                api.ask().round(Specs.queue("q", "last=svc-9998$", "none=svc-9999$"), Specs.queue("q9999", "other=svc-9999$")))
                .containsEntry("consumer last", Outcome.UP).containsEntry("consumer other", Outcome.UP)
                .containsEntry("consumer none",
                        Outcome.down(Reason.UNATTENDED, "q: the queue's 5000 consumers have other tags"));
    }

    private static void assertUnknown(Map<String, Outcome> round, String words, String... targets) {
        assertThat(round).containsOnlyKeys(targets).allSatisfy((target, outcome) -> {
            assertThat(outcome.health()).isEqualTo(Health.UNKNOWN);
            assertThat(outcome.reason()).isEqualTo(Reason.API_FAILED);
            assertThat(outcome.detail()).contains(words);
        });
    }
}
