package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Pace;
import dev.heartbeat.model.QueueSpec;
import dev.heartbeat.model.Reason;
import dev.heartbeat.services.RabbitServer;

class ConsumersProbeTest {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final RabbitServer RABBIT = RabbitServer.shared();

    private final String vhost = "consumers of/one é " + COUNT.incrementAndGet();
    private final List<Connection> connections = new ArrayList<>();
    private Channel channel;

    @BeforeEach
    void vhost() throws Exception {
        vhost(vhost);
        channel = connect(vhost);
    }

    @AfterEach
    void clean() throws IOException {
        for (Connection connection : connections) {
            connection.abort();
        }
    }

    private static void vhost(String name) {
        RABBIT.admin().vhost(name);
        for (String tags : List.of("administrator", "monitoring", "management")) {
            RABBIT.admin().user("consumers-" + tags, "consumers-" + tags, tags);
            RABBIT.admin().permit(name, "consumers-" + tags, "^$", "^$", ".*");
        }
    }

    private Channel connect(String vhost) throws Exception {
        Connection connection = RABBIT.connect(vhost);
        connections.add(connection);
        return connection.createChannel();
    }

    private Asked as(String tags) {
        return Asked.of(RABBIT.managementPort(), vhost, "consumers-" + tags);
    }

    private void queue(String name) throws IOException {
        channel.queueDeclare(name, false, false, true, null);
    }

    /** On a channel of its own, as a tag is unique to its channel. */
    private Channel consume(String queue, String tag) throws IOException {
        Channel own = channel.getConnection().createChannel();
        own.basicConsume(queue, true, tag, new DefaultConsumer(own));
        return own;
    }

    private static void eventually(Asked asked, Map<String, Outcome> expected, QueueSpec... specs) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(
                () -> assertThat(asked.round(specs)).containsExactlyInAnyOrderEntriesOf(expected));
    }

    /** The requests of a warm round: the list of consumers and the names, or one for each of four queues and the names. */
    @ParameterizedTest(name = "{0}: {1} requests")
    @CsvSource({ "administrator, 2", "monitoring, 2", "management, 5" })
    void everyUserSeesWhoAttendsWhat(String tags, int requests) throws Exception {
        queue("attended");
        queue("strange");
        consume("attended", "svc-1");
        consume("attended", "other");
        consume("strange", "other");
        queue("empty/ ü日 %2F?");
        QueueSpec[] specs = { Specs.queue("attended", "one=^svc-\\d$", "all=^svc-\\d$"), Specs.queue("strange", "two=svc"),
                Specs.queue("empty/ ü日 %2F?", "three=svc", "all=^svc"), Specs.queue("gone", "four=svc", "five=svc") };
        Asked asked = as(tags);
        eventually(asked, Map.of(
                "queue attended", Outcome.UP,
                "consumer one", Outcome.UP,
                "queue strange", Outcome.down(Reason.UNATTENDED, "two: the queue's consumer has another tag"),
                "consumer two", Outcome.down(Reason.UNATTENDED, "strange: the queue's consumer has another tag"),
                "queue empty/ ü日 %2F?", Outcome.down(Reason.UNATTENDED, "three, all: the queue has no consumer"),
                "consumer three", Outcome.down(Reason.UNATTENDED, "empty/ ü日 %2F?: the queue has no consumer"),
                "consumer all", Outcome.down(Reason.UNATTENDED, "empty/ ü日 %2F?: the queue has no consumer"),
                "queue gone", Outcome.down(Reason.MISSING, "the queue does not exist"),
                "consumer four", Outcome.down(Reason.MISSING, "gone: the queue does not exist"),
                "consumer five", Outcome.down(Reason.MISSING, "gone: the queue does not exist")), specs);
        assertThat(asked.requestsOf(() -> asked.round(specs))).isEqualTo(requests);
    }

    @ParameterizedTest(name = "{0}: {1} requests")
    @CsvSource({ "administrator, 1", "monitoring, 1", "management, 2" })
    void aRoundInWhichAllIsWellAsksNoMore(String tags, int requests) throws Exception {
        queue("a/b");
        queue("ü 日");
        consume("a/b", "svc");
        consume("ü 日", "svc");
        QueueSpec[] specs = { Specs.queue("a/b", "l=svc"), Specs.queue("ü 日", "l=svc") };
        Asked asked = as(tags);
        eventually(asked, Map.of("queue a/b", Outcome.UP, "queue ü 日", Outcome.UP, "consumer l", Outcome.UP), specs);
        assertThat(asked.requestsOf(() -> asked.round(specs))).isEqualTo(requests);
    }

    @ParameterizedTest
    @ValueSource(strings = { "administrator", "management" })
    void queuesThatNobodyMustListenToMustOnlyExist(String tags) throws IOException {
        queue("error");
        assertThat(as(tags).round(Specs.queue("error"), Specs.queue("gone"))).containsOnly(
                Map.entry("queue error", Outcome.UP),
                Map.entry("queue gone", Outcome.down(Reason.MISSING, "the queue does not exist")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "administrator", "management" })
    void theHolderOfASingleActiveConsumerQueueIsUpAndItsStandbyIsNot(String tags) throws IOException {
        channel.queueDeclare("single", false, false, true, Map.of("x-single-active-consumer", true));
        consume("single", "holder");
        consume("single", "standby");
        eventually(as(tags), Map.of(
                "consumer active", Outcome.UP,
                "consumer either", Outcome.UP,
                "consumer waits", Outcome.down(Reason.INACTIVE, "single: its consumer is waiting"),
                "queue single", Outcome.down(Reason.INACTIVE, "waits: its consumer is waiting")),
                Specs.queue("single", "active=holder", "either=.", "waits=standby"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "administrator", "management" })
    void consumersComeAndGo(String tags) throws IOException {
        queue("q");
        Asked asked = as(tags);
        QueueSpec spec = Specs.queue("q", "l=svc");
        consume("q", "stays");
        Channel leaving = consume("q", "svc");
        eventually(asked, Map.of("queue q", Outcome.UP, "consumer l", Outcome.UP), spec);
        leaving.basicCancel("svc");
        eventually(asked, Map.of("queue q", Outcome.down(Reason.UNATTENDED, "l: the queue's consumer has another tag"),
                "consumer l", Outcome.down(Reason.UNATTENDED, "q: the queue's consumer has another tag")), spec);
        channel.queueDelete("q");
        eventually(asked, Map.of("queue q", Outcome.down(Reason.MISSING, "the queue does not exist"),
                "consumer l", Outcome.down(Reason.MISSING, "q: the queue does not exist")), spec);
    }

    @ParameterizedTest
    @ValueSource(strings = { "administrator", "management" })
    void aListenerInTwoVhostsIsOneTarget(String tags) throws Exception {
        vhost("/");
        queue("here");
        consume("here", "svc");
        String name = "consumers-" + COUNT.get();
        Channel there = connect("/");
        there.queueDeclare(name, false, false, true, null);
        Asked asked = as(tags);
        QueueSpec[] specs = { Specs.queue("here", "l=svc"), Specs.queueIn("/", name, "l=svc") };
        eventually(asked, Map.of("queue here", Outcome.UP,
                "queue " + name, Outcome.down(Reason.UNATTENDED, "l: the queue has no consumer"),
                "consumer l", Outcome.down(Reason.UNATTENDED, name + ": the queue has no consumer")), specs);
        there.basicConsume(name, true, "svc", new DefaultConsumer(there));
        eventually(asked, Map.of("queue here", Outcome.UP, "queue " + name, Outcome.UP, "consumer l", Outcome.UP),
                specs);
    }

    @Test
    void vhostsWithNothingInCommonAreAskedApart() {
        ConsumersProbe probe = as("administrator").probe();
        QueueSpec slow = new QueueSpec("a", "v", List.of(), new Pace(null, Duration.ofSeconds(9), 2));
        List<Check> checks = probe.checks(List.of(slow, Specs.queueIn("v", "b", "l=x"), Specs.queueIn("w", "c", "m=x"),
                Specs.queueIn("x", "d", "l=x"), Specs.queueIn(vhost, "e"), Specs.queue("f")));
        assertThat(checks.stream().map(check -> check.targets().stream().map(Object::toString).collect(Collectors.toSet())))
                .containsExactlyInAnyOrder(Set.of("queue a", "queue b", "queue d", "consumer l"),
                        Set.of("queue c", "consumer m"), Set.of("queue e", "queue f"));
        Check first = checks.stream().filter(check -> check.targets().size() == 4).findAny().orElseThrow();
        assertThat(first.timeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(first.retries()).isEqualTo(2);
        assertThat(probe.checks(List.of())).isEmpty();
        assertThat(probe.concurrency()).isEqualTo(4);
        assertThat(probe.spec()).isEqualTo(QueueSpec.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({ "consumers-wrong, answered 401: Login failed", "consumers-untagged, answered 401: Not management user" })
    void aUserThatIsRefusedKnowsNothing(String user, String words) {
        RABBIT.admin().user("consumers-untagged", "consumers-untagged", "");
        assertUnknown(Asked.of(RABBIT.managementPort(), vhost, user), words);
    }

    @ParameterizedTest
    @ValueSource(strings = { "administrator", "monitoring", "management" })
    void aVhostThatIsMissingIsNotAQueueThatIsMissing(String tags) {
        assertUnknown(Asked.of(RABBIT.managementPort(), "consumers/none", "consumers-" + tags),
                "there is no vhost consumers/none");
    }

    @ParameterizedTest
    @ValueSource(strings = { "monitoring", "management" })
    void aVhostThatOurUserMayNotEnterSaysNothing(String tags) {
        RABBIT.admin().vhost("consumers-closed");
        assertUnknown(Asked.of(RABBIT.managementPort(), "consumers-closed", "consumers-" + tags),
                "answered 401: User not authorised to access virtual host");
    }

    @Test
    void aUserThatLosesItsTagCallsNothingDown() throws IOException {
        RABBIT.admin().user("consumers-demoted", "consumers-demoted", "monitoring");
        RABBIT.admin().permit(vhost, "consumers-demoted", "^$", "^$", ".*");
        queue("q");
        consume("q", "svc");
        Asked asked = Asked.of(RABBIT.managementPort(), vhost, "consumers-demoted");
        QueueSpec spec = Specs.queue("q", "l=svc");
        Map<String, Outcome> up = Map.of("queue q", Outcome.UP, "consumer l", Outcome.UP);
        eventually(asked, up, spec);
        RABBIT.admin().user("consumers-demoted", "consumers-demoted", "management");
        assertThat(asked.round(spec)).isEqualTo(up);
    }

    @ParameterizedTest
    @CsvSource({ "publisher_config.json, administrator", "publisher_config.json, management",
            "reference_config.json, administrator", "reference_config.json, management" })
    void configurationsOfPhAreAnswered(String file, String tags) throws IOException {
        List<QueueSpec> specs = ofPh(file);
        for (QueueSpec spec : specs) {
            queue(spec.queue());
            for (QueueSpec.Listener listener : spec.listeners()) {
                consume(spec.queue(), listener.name());
            }
        }
        Asked asked = as(tags);
        Map<String, Outcome> up = specs.stream().flatMap(spec -> spec.targets().stream()).distinct()
                .collect(Collectors.toMap(Object::toString, any -> Outcome.UP));
        eventually(asked, up, specs.toArray(QueueSpec[]::new));
        channel.queueDelete("verified");
        up.put("queue verified", Outcome.down(Reason.MISSING, "the queue does not exist"));
        up.put("consumer mq-interceptor", Outcome.down(Reason.MISSING, "verified: the queue does not exist"));
        eventually(asked, up, specs.toArray(QueueSpec[]::new));
    }

    private static List<QueueSpec> ofPh(String file) throws IOException {
        try (InputStream config = ConsumersProbeTest.class.getResourceAsStream("/consumers/" + file)) {
            JsonNode queues = new ObjectMapper().readTree(config).at("/heartbeat/rmq_consumers");
            return StreamSupport.stream(queues.spliterator(), false).map(queue -> Specs.queue(queue.get("queue").asText(),
                    StreamSupport.stream(queue.get("listeners").spliterator(), false)
                            .map(listener -> listener.get("name").asText() + "=" + listener.get("tag").asText())
                            .toArray(String[]::new)))
                    .toList();
        }
    }

    private static void assertUnknown(Asked asked, String words) {
        assertThat(asked.round(Specs.queue("q", "l=svc"), Specs.queue("empty"))).containsOnlyKeys("queue q", "consumer l",
                "queue empty").allSatisfy((target, outcome) -> {
                    assertThat(outcome.health()).isEqualTo(Health.UNKNOWN);
                    assertThat(outcome.reason()).isEqualTo(Reason.API_FAILED);
                    assertThat(outcome.detail()).contains(words);
                });
    }
}
