package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.heartbeat.services.KafkaServer;
import dev.heartbeat.services.Ports;

class KafkaOutageIT {
    private static KafkaServer server;
    private final KafkaRig rig = new KafkaRig(server);

    @BeforeAll
    static void start() {
        server = KafkaServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aBrokerThatIsKilledInTheMiddleOfItLosesNothing() {
        rig.partitions(2);
        Receiver receiver = rig.receiver(10_000).acknowledging();
        Rig.Sender sender = rig.linked();
        KafkaRig.send(sender, "1", KafkaRig.record("a", 1), KafkaRig.record("b", 2)).join();
        receiver.awaitCount(2);
        server.kill();
        CompletableFuture<Void> cutOff = KafkaRig.send(sender, "2", KafkaRig.record("a", 3));
        assertThat(rig.awaitStatus(Links.Side.OUT, status -> !status.up()).detail())
                .isEqualTo(server.address() + " (KAFKA_BOOTSTRAP_SERVERS) can not be reached: Connection refused");
        rig.awaitStatus(Links.Side.IN, status -> !status.up() && !status.drained());
        assertThatThrownBy(KafkaRig.send(sender, "3", KafkaRig.record("a", 4))::join)
                .hasCauseInstanceOf(LinkDownException.class);
        server.startAgain();
        rig.awaitUp(Links.Side.OUT);
        rig.awaitDrained();
        sentAgainIfItFailed(sender, cutOff);
        KafkaRig.send(sender, "4", KafkaRig.record("a", 5)).join();
        // Some may come twice: what was cut off before it was confirmed is sent again, what was not committed is read again.
        await("all of them").atMost(KafkaRig.PATIENCE)
                .untilAsserted(() -> assertThat(receiver.numbers()).contains(1, 2, 3, 5));
    }

    /** As the waiting room does. */
    private static void sentAgainIfItFailed(Rig.Sender sender, CompletableFuture<Void> cutOff) {
        cutOff.exceptionallyCompose(failure -> KafkaRig.send(sender, "2", KafkaRig.record("a", 3))).join();
    }

    @Test
    void aBrokerThatIsAwayAtTheStartIsWaitedFor() {
        server.kill();
        Receiver receiver = rig.receiver(10).acknowledging();
        Rig.Sender sender = rig.sender();
        rig.awaitDown(Links.Side.OUT);
        assertThat(rig.awaitDown(Links.Side.IN)).contains("can not be reached");
        server.startAgain();
        rig.awaitUp(Links.Side.OUT);
        rig.awaitUp(Links.Side.IN);
        KafkaRig.send(sender, "1", KafkaRig.record("a", 1)).join();
        receiver.awaitCount(1);
    }

    @Test
    void whatIsInHandWhileTheBrokerRestartsIsNotLostWhenWeAreKilledThereafter() {
        rig.partitions(1).fill(0, 100);
        Receiver receiver = rig.receiver(50);
        List<Message<byte[]>> held = receiver.awaitCount(50);
        held.subList(0, 10).forEach(Message::ack);
        rig.awaitCommitted(10);
        server.kill();
        rig.awaitStatus(Links.Side.IN, status -> !status.up());
        server.startAgain();
        rig.awaitUp(Links.Side.IN);
        held.subList(20, 30).forEach(Message::ack);
        rig.disconnect();
        Receiver again = rig.receiver(1000);
        again.awaitCount(90);
        assertThat(again.numbers()).containsExactlyElementsOf(IntStream.range(10, 100).boxed().toList());
    }

    @Test
    void whatCanNotBeParkedWhileTheBrokerIsAwayIsParkedThereafter() {
        rig.partitions(1).fill(0, 2);
        Receiver receiver = rig.receiver(100);
        List<Message<byte[]>> held = receiver.awaitCount(2);
        server.kill();
        receiver.each(message -> message.nack(new IllegalArgumentException("not JSON")));
        held.forEach(message -> message.nack(new IllegalArgumentException("not JSON")));
        rig.awaitStatus(Links.Side.IN, status -> !status.up());
        server.startAgain();
        rig.awaitCommitted(2);
        assertThat(rig.numbers(rig.topic + ".parked")).contains(0, 1);
        assertThat(rig.routes().rejected()).isZero();
    }

    @Test
    void theAddressThatABrokerAdvertisesInVainIsNamed() {
        int nobody = Ports.free();
        try (KafkaServer wrong = KafkaServer.advertising("localhost:" + nobody)) {
            rig.with("bootstrap-servers", wrong.address()).sender();
            assertThat(rig.awaitDown(Links.Side.OUT)).isEqualTo("the broker at " + wrong.address()
                    + " (KAFKA_BOOTSTRAP_SERVERS) answers, but the address that it advertises, localhost:" + nobody
                    + ", can not be reached: Connection refused (advertised.listeners in the broker's settings)");
        }
        try (KafkaServer wrong = KafkaServer.advertising("kafka.invalid:9092")) {
            rig.disconnect();
            rig.with("bootstrap-servers", wrong.address()).receiver(1);
            assertThat(rig.awaitDown(Links.Side.IN)).contains(
                    "the address that it advertises, kafka.invalid:9092, can not be reached: its host is not known here");
        }
    }

    @Test
    void aHostThatNobodyKnowsIsNamed() {
        rig.with("bootstrap-servers", "kafka.invalid:9092").sender();
        assertThat(rig.awaitDown(Links.Side.OUT)).isEqualTo(
                "kafka.invalid:9092 (KAFKA_BOOTSTRAP_SERVERS) can not be reached: its host is not known here");
    }
}
