package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.services.Certificates;
import dev.heartbeat.services.KafkaServer;

class KafkaSecurityIT {
    private static final Certificates OURS = Certificates.create();
    private static KafkaServer server;
    private final KafkaRig rig = new KafkaRig(server);

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        server = KafkaServer.start(OURS.server("dns:localhost"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private KafkaRig tls(Path authority) {
        return rig.with("bootstrap-servers", "localhost:" + server.sslPort()).with("ssl-ca-file", authority);
    }

    private KafkaRig login(String password) {
        return rig.with("bootstrap-servers", "localhost:" + server.saslPort()).with("security-protocol", "SASL_PLAINTEXT")
                .with("sasl-username", KafkaServer.USER).with("sasl-password", password);
    }

    /** There and back. */
    private void works() {
        KafkaRig.send(rig.linked(), "1", KafkaRig.record("k", 5)).join();
        assertThat(rig.receiver(1).await1().getPayload()).isEqualTo(Rig.body(5, 10));
    }

    private String refusal() {
        rig.sender();
        return rig.awaitDown(Links.Side.OUT);
    }

    @Test
    void aPrivateAuthorityIsTrusted() {
        tls(OURS.authority());
        works();
    }

    @Test
    void aClientCertificateIsPresented() {
        Certificates.Pair client = OURS.client("tester-by-certificate");
        tls(OURS.authority()).with("ssl-cert-file", client.certificate()).with("ssl-key-file", client.key());
        works();
        // Whoever comes with this certificate is not allowed the next topic, and is known by name.
        server.admin().deny("CN=tester-by-certificate", ResourceType.TOPIC, rig.topic, AclOperation.WRITE);
        assertThatThrownBy(KafkaRig.send(rig.linked(), "2", KafkaRig.record("k", 6))::join)
                .hasMessageContaining("the broker does not allow us topic " + rig.topic);
    }

    @Test
    void aKeyAsOpensslUsedToWriteItIsReadToo() throws Exception {
        Certificates.Pair client = OURS.client("old-fashioned");
        Path key = folder.resolve("rsa.key");
        openssl("rsa", "-in", client.key().toString(), "-traditional", "-out", key.toString());
        assertThat(key).content().contains("BEGIN RSA PRIVATE KEY");
        tls(OURS.authority()).with("ssl-cert-file", client.certificate()).with("ssl-key-file", key);
        works();
    }

    @Test
    void aKeyOfAnEllipticCurveAsOpensslWritesItIsReadToo() throws Exception {
        Certificates.Pair client = OURS.clientOfCurve("by-curve");
        Path key = folder.resolve("ec.key");
        openssl("ec", "-in", client.key().toString(), "-out", key.toString());
        assertThat(key).content().contains("BEGIN EC PRIVATE KEY");
        tls(OURS.authority()).with("ssl-cert-file", client.certificate()).with("ssl-key-file", key);
        works();
    }

    private void openssl(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("openssl").redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.command().addAll(List.of(command));
        assertThat(builder.start().waitFor()).isZero();
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        tls(OURS.authority()).with("bootstrap-servers", "127.0.0.1:" + server.sslPort());
        assertThat(refusal()).startsWith("127.0.0.1:" + server.sslPort() + " (KAFKA_BOOTSTRAP_SERVERS) can not be used: "
                + "the broker's certificate is not for this address: ");
    }

    @Test
    void anUnknownAuthorityIsRefused() {
        Certificates others = Certificates.create();
        tls(others.authority());
        assertThat(refusal()).endsWith("can not be used: the broker's certificate is signed by nobody whom "
                + others.authority() + " (KAFKA_SSL_CA_FILE) trusts");
    }

    @Test
    void withoutAuthorityTheSystemsAreAsked() {
        rig.with("bootstrap-servers", "localhost:" + server.sslPort()).with("security-protocol", "ssl");
        assertThat(refusal()).endsWith("the broker's certificate is signed by nobody whom the system trusts");
    }

    @ParameterizedTest
    @ValueSource(strings = { "PLAIN", "SCRAM-SHA-256", "scram-sha-512" })
    void userAndPasswordOpenTheDoor(String mechanism) {
        login(KafkaServer.PASSWORD).with("sasl-mechanism", mechanism);
        works();
    }

    @Test
    void userAndPasswordGoThroughTlsAsWell() {
        login(KafkaServer.PASSWORD).with("bootstrap-servers", "localhost:" + server.saslSslPort())
                .with("security-protocol", "SASL_SSL").with("ssl-ca-file", OURS.authority());
        works();
    }

    @Test
    void aWrongPasswordIsSaidInWordsWithoutIt() {
        login("wrong\"\\secret");
        assertThat(refusal()).isEqualTo("localhost:" + server.saslPort() + " (KAFKA_BOOTSTRAP_SERVERS) can not be used: "
                + "the broker refuses user tester or the password (KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD)");
    }

    @Test
    void theWrongKindOfPortIsSaidInWords() {
        rig.with("bootstrap-servers", "localhost:" + server.saslPort());
        assertThat(refusal()).contains("does this port want another KAFKA_SECURITY_PROTOCOL?");
        rig.disconnect();
        tls(OURS.authority()).with("bootstrap-servers", "localhost:" + server.port());
        rig.receiver(1);
        assertThat(rig.awaitStatus(Links.Side.IN,
                status -> status.detail() != null && status.detail().contains("does this port speak TLS?")).up()).isFalse();
    }

    @Test
    void aTopicThatIsThereNeedsNoRightToCreateIt() {
        server.admin().deny(KafkaServer.USER, ResourceType.CLUSTER, "kafka-cluster", AclOperation.CREATE);
        server.admin().deny(KafkaServer.USER, ResourceType.TOPIC, rig.topic, AclOperation.CREATE);
        server.admin().allow(KafkaServer.USER, ResourceType.TOPIC, rig.topic, AclOperation.WRITE);
        login(KafkaServer.PASSWORD);
        Rig.Sender sender = rig.linked();
        assertThatThrownBy(KafkaRig.send(sender, "1", KafkaRig.record("k", 5))::join).hasMessageContaining(
                "topic " + rig.topic + " does not exist and can not be created: the broker does not allow ");
        String detail = rig.awaitStatus(Links.Side.OUT, status -> status.detail() != null).detail();
        assertThat(detail).contains("does not exist and can not be created");
        rig.partitions(1);
        rig.awaitStatus(Links.Side.OUT, status -> status.up() && status.detail() == null);
        KafkaRig.send(sender, "1", KafkaRig.record("k", 5)).join();
        assertThat(rig.numbers(rig.topic)).containsExactly(5);
    }

    @Test
    void oneTopicThatTakesNothingStopsNoOther() {
        String closed = server.topic(1);
        server.admin().deny(KafkaServer.USER, ResourceType.TOPIC, closed, AclOperation.WRITE);
        server.admin().allow(KafkaServer.USER, ResourceType.TOPIC, closed, AclOperation.DESCRIBE);
        login(KafkaServer.PASSWORD).partitions(1);
        KafkaRig.send(rig.linked(), "1", new LogRecord(closed, "k", Rig.body(0, 10)), KafkaRig.record("k", 1)).join();
        assertThat(rig.numbers(rig.topic)).containsExactly(1);
        assertThat(rig.numbers(closed)).isEmpty();
    }

    @Test
    void aMessageToATopicThatTakesNothingFailsInVainAndTheLinkSaysWhichUntilItTakesAgain() {
        String closed = server.topic(1);
        server.admin().deny(KafkaServer.USER, ResourceType.TOPIC, closed, AclOperation.WRITE);
        server.admin().allow(KafkaServer.USER, ResourceType.TOPIC, closed, AclOperation.DESCRIBE);
        login(KafkaServer.PASSWORD).partitions(1);
        Rig.Sender sender = rig.linked();
        LogRecord refused = new LogRecord(closed, "k", Rig.body(0, 10));
        assertThatThrownBy(KafkaRig.send(sender, "1", refused)::join).hasCauseInstanceOf(InVainException.class);
        KafkaRig.send(sender, "2", KafkaRig.record("k", 1)).join();
        assertThat(rig.awaitStatus(Links.Side.OUT, status -> status.detail() != null)).satisfies(status -> {
            assertThat(status.up()).isTrue();
            assertThat(status.detail()).isEqualTo("topic " + closed + ": the broker does not allow us topic " + closed);
        });
        server.admin().undeny(KafkaServer.USER, ResourceType.TOPIC, closed, AclOperation.WRITE);
        server.admin().allow(KafkaServer.USER, ResourceType.TOPIC, closed, AclOperation.WRITE);
        // What the controller took in reaches the broker a moment later.
        await("leave to write").atMost(KafkaRig.PATIENCE).ignoreExceptions().untilAsserted(
                () -> KafkaRig.send(sender, "1", refused).join());
        assertThat(rig.numbers(closed)).containsExactly(0);
        rig.awaitStatus(Links.Side.OUT, status -> status.up() && status.detail() == null);
    }

    @Test
    void aGroupThatWeMayNotJoinIsNamed() {
        server.admin().deny(KafkaServer.USER, ResourceType.GROUP, rig.group, AclOperation.READ);
        login(KafkaServer.PASSWORD).partitions(1).receiver(1);
        assertThat(rig.awaitDown(Links.Side.IN))
                .isEqualTo("the broker does not allow us to read as group " + rig.group + " (KAFKA_GROUP_ID)");
    }

    /** Its table would stay empty without a word, while the routes that make states are up and drained. */
    @Test
    void aFurtherRouteThatMayNotReadIsAFailedCheckAndStopsNoOther() {
        String further = rig.group + ".replica";
        server.admin().allow("somebody-else", ResourceType.GROUP, further, AclOperation.READ);
        login(KafkaServer.PASSWORD).partitions(1).fill(0, 3);
        rig.receiver(10).acknowledging();
        Receiver replica = rig.receiver(further, false, 10);
        rig.awaitStatus(Links.Side.IN, status -> status.detail() != null && status.detail().contains(further));
        rig.awaitDrained();
        rig.awaitCommitted(3);
        HealthCheckResponse answer = new LinkHealth(rig.links).of(Links.Side.IN).call();
        assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(answer.getData().orElseThrow().get("detail")).asString().isEqualTo(rig.topic + " into t: the broker does not"
                + " allow us to read as group " + further + " (KAFKA_GROUP_ID)");
        server.admin().allow(KafkaServer.USER, ResourceType.GROUP, further, AclOperation.READ);
        replica.awaitCount(3);
        await().atMost(KafkaRig.PATIENCE).until(() -> new LinkHealth(rig.links).of(Links.Side.IN).call().getStatus(),
                HealthCheckResponse.Status.UP::equals);
    }

    @Test
    void filesThatAreReplacedCountAtTheNextAttempt() throws Exception {
        Path authority = folder.resolve("ca.pem");
        Files.copy(Certificates.create().authority(), authority);
        tls(authority);
        assertThat(refusal()).contains("trusts");
        Files.writeString(authority, Files.readString(OURS.authority()));
        rig.awaitUp(Links.Side.OUT);
    }
}
