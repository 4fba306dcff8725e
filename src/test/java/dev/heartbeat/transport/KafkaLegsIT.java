package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Leg;
import dev.heartbeat.model.Leg.Verdict;
import dev.heartbeat.model.Route;
import dev.heartbeat.model.RowLayout;
import dev.heartbeat.services.Certificates;
import dev.heartbeat.services.KafkaServer;
import dev.heartbeat.services.Ports;

/** What does a look at a real Kafka tell, and does it leave everything as it was? */
class KafkaLegsIT {
    private static final Certificates OURS = Certificates.create();
    private static KafkaServer server;
    private final KafkaRig rig = new KafkaRig(server);
    private final String parked = rig.topic + ".parked";

    @BeforeAll
    static void start() {
        server = KafkaServer.start(OURS.server("dns:localhost"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private List<Leg> look() {
        return new KafkaLegs(rig.config()).look(Set.of(rig.topic),
                List.of(new Route(rig.topic, rig.group, null, null, RowLayout.HEARTBEAT, true)));
    }

    private static String words(List<Leg> legs, String name, Verdict verdict) {
        Leg leg = legs.stream().filter(one -> one.name().equals(name)).filter(one -> one.verdict() == verdict).findFirst()
                .orElseThrow(() -> new AssertionError(legs.toString()));
        return leg.words();
    }

    private void login(String password) {
        rig.with("bootstrap-servers", "localhost:" + server.saslPort()).with("security-protocol", "SASL_PLAINTEXT")
                .with("sasl-username", KafkaServer.USER).with("sasl-password", password);
    }

    @Test
    void whatAStartWouldCreateIsSaidAndNotCreated() {
        List<Leg> legs = look();
        assertThat(words(legs, "broker", Verdict.OK)).contains("1 broker within reach");
        assertThat(words(legs, "topic", Verdict.WARN))
                .isEqualTo("topic " + rig.topic + " does not exist: a start creates it, partitions: 1");
        assertThat(words(legs, "parking", Verdict.OK)).contains(parked + " does not exist, and is created when it is needed");
        assertThat(server.admin().exists(rig.topic)).isFalse();
        assertThat(server.admin().exists(parked)).isFalse();
    }

    @Test
    void whatIsThereMayBeUsedAndNobodyJoinedTheGroup() {
        rig.partitions(3);
        server.admin().create(parked, 1);
        rig.fill(0, 2);
        assertThat(look()).allSatisfy(leg -> assertThat(leg.verdict()).isEqualTo(Verdict.OK));
        assertThat(server.admin().committed(rig.group, rig.topic)).isEmpty();
        assertThat(rig.numbers(rig.topic)).hasSize(2);
    }

    @Test
    void beforeAnyGroupReadsNobodyIsAskedForIt() {
        try (KafkaServer fresh = KafkaServer.start(); KafkaRig own = new KafkaRig(fresh)) {
            List<Leg> legs = new KafkaLegs(own.config()).look(Set.of(),
                    List.of(new Route(own.topic, own.group, null, null, RowLayout.HEARTBEAT, true)));
            assertThat(words(legs, "group", Verdict.OK)).contains("the first that ever read here");
            assertThat(fresh.admin().exists("__consumer_offsets")).isFalse();
        }
    }

    @Test
    void lackingRightsOnTopicAndGroupAreFaultsInTheWordsOfTheLink() {
        rig.partitions(1);
        // So that there is a group at all.
        rig.receiver(1);
        rig.awaitDrained();
        rig.disconnect();
        login(KafkaServer.PASSWORD);
        server.admin().deny(KafkaServer.USER, ResourceType.TOPIC, rig.topic, AclOperation.WRITE);
        server.admin().allow(KafkaServer.USER, ResourceType.TOPIC, rig.topic, AclOperation.READ);
        server.admin().deny(KafkaServer.USER, ResourceType.GROUP, rig.group, AclOperation.READ);
        List<Leg> legs = look();
        assertThat(words(legs, "topic", Verdict.FAULT))
                .isEqualTo("the broker does not allow us topic " + rig.topic + " (WRITE)");
        assertThat(words(legs, "topic", Verdict.OK)).contains("which we may read");
        assertThat(words(legs, "group", Verdict.FAULT)).contains("does not allow us to read as group " + rig.group);
    }

    @Test
    void aTopicThatMayNotBeCreatedIsAFault() {
        login(KafkaServer.PASSWORD);
        server.admin().deny(KafkaServer.USER, ResourceType.TOPIC, rig.topic, AclOperation.CREATE);
        server.admin().allow(KafkaServer.USER, ResourceType.TOPIC, rig.topic, AclOperation.DESCRIBE);
        server.admin().deny(KafkaServer.USER, ResourceType.CLUSTER, "kafka-cluster", AclOperation.CREATE);
        assertThat(words(look(), "topic", Verdict.FAULT)).contains("does not exist and can not be created");
    }

    @Test
    void aReplicationThatIsImpossibleIsSaid() {
        rig.with("replication", 3);
        assertThat(words(look(), "topic", Verdict.FAULT)).contains("can not be created").contains("(KAFKA_REPLICATION)");
    }

    @Test
    void aWrongPasswordIsSaid() {
        login("wrong-secret");
        assertThat(words(look(), "broker", Verdict.FAULT)).contains("the broker refuses user " + KafkaServer.USER
                + " or the password (KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD)").doesNotContain("wrong-secret");
    }

    @Test
    void aWrongAuthorityIsSaidAndARightOneIsTrusted() {
        rig.with("bootstrap-servers", "localhost:" + server.sslPort()).with("ssl-ca-file", OURS.authority());
        assertThat(words(look(), "broker", Verdict.OK)).contains("within reach");
        rig.with("ssl-ca-file", Certificates.create().authority());
        assertThat(words(look(), "broker", Verdict.FAULT)).contains("signed by nobody whom", "(KAFKA_SSL_CA_FILE) trusts");
    }

    @Test
    void anAddressAtWhichNobodyListensIsSaid() {
        rig.with("bootstrap-servers", "localhost:" + Ports.free());
        assertThat(words(look(), "broker", Verdict.FAULT)).contains("(KAFKA_BOOTSTRAP_SERVERS) can not be reached");
    }
}
