package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.services.KafkaServer;
import dev.heartbeat.services.Warnings;

/** What becomes of what nobody can read where it can not be parked either? */
class KafkaParkingIT {
    private static final byte[] GARBAGE = "garbage".getBytes(StandardCharsets.UTF_8);
    private static final int LARGE = 100_000;
    private final KafkaRig rig = KafkaRig.shared();
    private final Warnings rejections = new Warnings(Rejections.class);
    private final String parked = rig.topic + ".parked";

    @AfterEach
    void close() {
        rejections.close();
        rig.close();
    }

    private void login() {
        rig.with("bootstrap-servers", "localhost:" + rig.server.saslPort()).with("security-protocol", "SASL_PLAINTEXT")
                .with("sasl-username", KafkaServer.USER).with("sasl-password", KafkaServer.PASSWORD);
    }

    private void garbage() {
        rig.server.admin().produce(rig.topic, "key", GARBAGE);
    }

    /** Acknowledges what is a heartbeat, and nothing else. */
    private static void settle(Message<byte[]> message) {
        if (Arrays.equals(message.getPayload(), GARBAGE)) {
            message.nack(new IllegalArgumentException("not JSON"));
        } else {
            message.ack();
        }
    }

    /** Whether it may be seen there or not, and written to or not: a topic of that name is somebody else's. */
    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void whereWeMayParkNothingTheStreamGoesOnUntilWeMay(boolean exists) {
        rig.partitions(1);
        if (exists) {
            rig.server.admin().create(parked, 1);
            rig.server.admin().allow(KafkaServer.USER, ResourceType.TOPIC, parked, AclOperation.DESCRIBE);
        } else {
            rig.server.admin().allow("somebody-else", ResourceType.TOPIC, parked, AclOperation.DESCRIBE);
        }
        login();
        garbage();
        garbage();
        rig.fill(0, 3);
        rig.receiver(100).each(KafkaParkingIT::settle);
        rig.awaitCommitted(5);
        assertThat(rig.routes().rejected()).isEqualTo(2);
        assertThat(rejections.told()).first().asString().startsWith("Rejected a message of 7 bytes, SHA-256 "
                + Rejections.sha256(GARBAGE) + ": topic " + rig.topic + ", partition 0, offset 0: not JSON; not parked: ")
                .contains(parked, "the broker does not allow ");
        rig.server.admin().allow(KafkaServer.USER, ResourceType.TOPIC, parked, AclOperation.WRITE);
        await("parked again").atMost(KafkaRig.PATIENCE).until(() -> {
            garbage();
            return rig.routes().parked() > 0;
        });
        assertThat(rig.server.admin().records(parked).get(0).value()).isEqualTo(GARBAGE);
    }

    /** More comes meanwhile than we ever hold: it is settled, not committed, and read again should we end. */
    @Test
    void whatIsNotSettledYetHoldsTheCommitAndNothingElse() {
        rig.partitions(1);
        garbage();
        for (int i = 0; i < 300; i++) {
            rig.server.admin().produce(rig.topic, "key", Rig.body(i, LARGE));
        }
        Receiver receiver = rig.receiver(1000).each(message -> {
            if (message.getPayload().length >= LARGE) {
                message.ack();
            }
        });
        receiver.awaitCount(301);
        assertThat(rig.committed()).isZero();
        settle(receiver.messages.get(0));
        rig.awaitCommitted(301);
    }
}
