package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

class ConsumersProbeIT {
    private static final RabbitServer RABBIT = RabbitServer.shared();
    private static final String VHOST = "consumers of/one é";
    private static final String OTHER_VHOST = "consumers-other";
    private static final List<String> TAGS = List.of("administrator", "monitoring", "management");

    private static final List<Connection> CONNECTIONS = new ArrayList<>();
    private static final Map<String, Channel> LEAVING = new HashMap<>();
    private static Channel channel;

    /** All of it at once, because the broker lists a new consumer only some seconds later. */
    @BeforeAll
    static void attend() throws Exception {
        channel = vhost(VHOST);
        consume(channel, "attended", "svc-1");
        consume(channel, "attended", "other");
        consume(channel, "strange", "other");
        queue(channel, "empty/ ü日 %2F?");
        consume(channel, "a/b", "svc");
        consume(channel, "ü 日", "svc");
        channel.queueDeclare("single", false, false, true, Map.of("x-single-active-consumer", true));
        consume(channel, "single", "holder");
        consume(channel, "single", "standby");
        for (String tags : TAGS) {
            consume(channel, "left-" + tags, "stays");
            LEAVING.put(tags, consume(channel, "left-" + tags, "svc"));
        }
        Channel other = vhost(OTHER_VHOST);
        consume(other, "there", "svc");
        queue(other, "nobody there");
    }

    @AfterAll
    static void leave() {
        CONNECTIONS.forEach(Connection::abort);
    }

    /** A channel to a new vhost, in which a user of each tag may read. */
    private static Channel vhost(String name) throws Exception {
        RABBIT.admin().vhost(name);
        for (String tags : TAGS) {
            RABBIT.admin().user("consumers-" + tags, "consumers-" + tags, tags);
            RABBIT.admin().permit(name, "consumers-" + tags, "^$", "^$", ".*");
        }
        Connection connection = RABBIT.connect(name);
        CONNECTIONS.add(connection);
        return connection.createChannel();
    }

    private static void queue(Channel channel, String name) throws IOException {
        channel.queueDeclare(name, false, false, false, null);
    }

    /** On a channel of its own, as a tag is unique to its channel. */
    private static Channel consume(Channel channel, String queue, String tag) throws IOException {
        if (!queue.equals("single")) {
            queue(channel, queue);
        }
        Channel own = channel.getConnection().createChannel();
        own.basicConsume(queue, true, tag, new DefaultConsumer(own));
        return own;
    }

    private static Asked as(String tags) {
        return Asked.of(RABBIT.managementPort(), VHOST, "consumers-" + tags);
    }

    private static void eventually(Asked asked, Map<String, Outcome> expected, QueueSpec... specs) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(
                () -> assertThat(asked.round(specs)).containsExactlyInAnyOrderEntriesOf(expected));
    }

    /** The requests of a warm round: the list of consumers and the names, or one for each of four queues and the names. */
    @ParameterizedTest(name = "{0}: {1} requests")
    @CsvSource({ "administrator, 2", "monitoring, 2", "management, 5" })
    void everyUserSeesWhoAttendsWhat(String tags, int requests) throws Exception {
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
        QueueSpec[] specs = { Specs.queue("a/b", "l=svc"), Specs.queue("ü 日", "l=svc") };
        Asked asked = as(tags);
        eventually(asked, Map.of("queue a/b", Outcome.UP, "queue ü 日", Outcome.UP, "consumer l", Outcome.UP), specs);
        assertThat(asked.requestsOf(() -> asked.round(specs))).isEqualTo(requests);
    }

    @ParameterizedTest
    @ValueSource(strings = { "administrator", "management" })
    void queuesThatNobodyMustListenToMustOnlyExist(String tags) throws IOException {
        assertThat(as(tags).round(Specs.queue("empty/ ü日 %2F?"), Specs.queue("gone"))).containsOnly(
                Map.entry("queue empty/ ü日 %2F?", Outcome.UP),
                Map.entry("queue gone", Outcome.down(Reason.MISSING, "the queue does not exist")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "administrator", "management" })
    void theHolderOfASingleActiveConsumerQueueIsUpAndItsStandbyIsNot(String tags) throws IOException {
        eventually(as(tags), Map.of(
                "consumer active", Outcome.UP,
                "consumer either", Outcome.UP,
                "consumer waits", Outcome.down(Reason.INACTIVE, "single: its consumer is waiting"),
                "queue single", Outcome.down(Reason.INACTIVE, "waits: its consumer is waiting")),
                Specs.queue("single", "active=holder", "either=.", "waits=standby"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "administrator", "management" })
    void consumersGoAndQueuesToo(String tags) throws IOException {
        String queue = "left-" + tags;
        Asked asked = as(tags);
        QueueSpec spec = Specs.queue(queue, "l=svc");
        eventually(asked, Map.of("queue " + queue, Outcome.UP, "consumer l", Outcome.UP), spec);
        LEAVING.get(tags).basicCancel("svc");
        eventually(asked, Map.of("queue " + queue, Outcome.down(Reason.UNATTENDED, "l: the queue's consumer has another tag"),
                "consumer l", Outcome.down(Reason.UNATTENDED, queue + ": the queue's consumer has another tag")), spec);
        channel.queueDelete(queue);
        eventually(asked, Map.of("queue " + queue, Outcome.down(Reason.MISSING, "the queue does not exist"),
                "consumer l", Outcome.down(Reason.MISSING, queue + ": the queue does not exist")), spec);
    }

    @ParameterizedTest
    @ValueSource(strings = { "administrator", "management" })
    void aListenerInTwoVhostsIsOneTarget(String tags) {
        QueueSpec here = Specs.queue("a/b", "l=svc");
        eventually(as(tags), Map.of("queue a/b", Outcome.UP, "queue there", Outcome.UP, "consumer l", Outcome.UP),
                here, Specs.queueIn(OTHER_VHOST, "there", "l=svc"));
        eventually(as(tags), Map.of("queue a/b", Outcome.UP,
                "queue nobody there", Outcome.down(Reason.UNATTENDED, "l: the queue has no consumer"),
                "consumer l", Outcome.down(Reason.UNATTENDED, "nobody there: the queue has no consumer")),
                here, Specs.queueIn(OTHER_VHOST, "nobody there", "l=svc"));
    }

    @Test
    void vhostsWithNothingInCommonAreAskedApart() {
        ConsumersProbe probe = as("administrator").probe();
        QueueSpec slow = new QueueSpec("a", "v", List.of(), new Pace(null, Duration.ofSeconds(9), 2));
        List<Check> checks = probe.checks(List.of(slow, Specs.queueIn("v", "b", "l=x"), Specs.queueIn("w", "c", "m=x"),
                Specs.queueIn("x", "d", "l=x"), Specs.queueIn(VHOST, "e"), Specs.queue("f")));
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
        assertUnknown(Asked.of(RABBIT.managementPort(), VHOST, user), words);
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
        RABBIT.admin().permit(VHOST, "consumers-demoted", "^$", "^$", ".*");
        Asked asked = Asked.of(RABBIT.managementPort(), VHOST, "consumers-demoted");
        QueueSpec spec = Specs.queue("attended", "l=svc");
        Map<String, Outcome> up = Map.of("queue attended", Outcome.UP, "consumer l", Outcome.UP);
        eventually(asked, up, spec);
        RABBIT.admin().user("consumers-demoted", "consumers-demoted", "management");
        assertThat(asked.round(spec)).isEqualTo(up);
    }

    @ParameterizedTest
    @ValueSource(strings = { "publisher_config.json", "reference_config.json" })
    void configurationsOfPhAreAnswered(String file) throws Exception {
        String vhost = "consumers-" + file;
        Channel inside = vhost(vhost);
        QueueSpec[] specs = ofPh(file).toArray(QueueSpec[]::new);
        for (QueueSpec spec : specs) {
            queue(inside, spec.queue());
            for (QueueSpec.Listener listener : spec.listeners()) {
                consume(inside, spec.queue(), listener.name());
            }
        }
        Map<String, Outcome> expected = Arrays.stream(specs).flatMap(spec -> spec.targets().stream()).distinct()
                .collect(Collectors.toMap(Object::toString, any -> Outcome.UP));
        for (String tags : TAGS) {
            eventually(Asked.of(RABBIT.managementPort(), vhost, "consumers-" + tags), expected, specs);
        }
        inside.queueDelete("verified");
        expected.put("queue verified", Outcome.down(Reason.MISSING, "the queue does not exist"));
        expected.put("consumer mq-interceptor", Outcome.down(Reason.MISSING, "verified: the queue does not exist"));
        for (String tags : TAGS) {
            eventually(Asked.of(RABBIT.managementPort(), vhost, "consumers-" + tags), expected, specs);
        }
    }

    private static List<QueueSpec> ofPh(String file) throws IOException {
        try (InputStream config = ConsumersProbeIT.class.getResourceAsStream("/consumers/" + file)) {
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
