package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Position;

class KafkaInboundIT {
    private final KafkaRig rig = KafkaRig.shared();

    @AfterEach
    void close() {
        rig.close();
    }

    private static Position position(Message<byte[]> message) {
        return message.getMetadata(Delivery.class).orElseThrow().position();
    }

    @Test
    void onlyWhatIsSettledWithAllBeforeItIsCommitted() {
        rig.partitions(1).fill(0, 10);
        Receiver receiver = rig.receiver(100);
        receiver.awaitCount(10);
        receiver.messages.subList(0, 3).forEach(Message::ack);
        receiver.messages.get(7).ack();
        receiver.messages.get(7).ack();
        rig.awaitCommitted(3);
        rig.disconnect();
        Receiver again = rig.receiver(100);
        again.awaitCount(7);
        assertThat(again.numbers()).containsExactly(3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void whatWasSettledJustBeforeTheEndIsCommittedByTheEnd() {
        rig.partitions(1).fill(0, 10);
        Receiver receiver = rig.receiver(100);
        receiver.awaitCount(10).forEach(Message::ack);
        rig.disconnect();
        assertThat(rig.committed()).isEqualTo(10);
        assertThat(rig.server.admin().members(rig.group)).isZero();
    }

    @Test
    void everyRecordHasItsPosition() {
        rig.partitions(1).fill(0, 3);
        assertThat(rig.receiver(10).awaitCount(3)).extracting(KafkaInboundIT::position).containsExactly(
                new Position(rig.topic, 0, 0), new Position(rig.topic, 0, 1), new Position(rig.topic, 0, 2));
    }

    @Test
    void aTopicThatIsAbsentIsCreatedAndDrainedAtOnce() {
        rig.with("partitions", 2).receiver(10);
        rig.awaitDrained();
        assertThat(rig.server.admin().describe(rig.topic).partitions()).hasSize(2);
    }

    @Test
    void whatWaitedIsBacklogAndWhatComesAfterItIsNot() {
        rig.partitions(1).fill(0, 100);
        Receiver receiver = rig.receiver(60).acknowledging();
        receiver.awaitCount(60);
        assertThat(rig.links.status(Links.Side.IN).drained()).isFalse();
        rig.fill(100, 5);
        receiver.request(1000);
        receiver.awaitCount(105);
        rig.awaitDrained();
        assertThat(receiver.messages.subList(0, 100)).allMatch(Receiver::isBacklog);
        assertThat(receiver.messages.subList(100, 105)).noneMatch(Receiver::isBacklog);
    }

    @Test
    void aGroupThatNeverReadBeginsWhereItIsTold() {
        rig.partitions(1).fill(0, 5);
        rig.with("auto-offset-reset", "latest");
        Receiver receiver = rig.receiver(100);
        rig.awaitDrained();
        rig.fill(5, 2);
        receiver.awaitCount(2);
        assertThat(receiver.numbers()).containsExactly(5, 6);
    }

    /** Where it began is where it goes on, whether anything of a partition was settled by then, or came at all. */
    @Test
    void aGroupThatBeganWithTheLatestLosesNothingThatCameSince() {
        rig.partitions(2).fill(0, 20);
        rig.with("auto-offset-reset", "latest").receiver(100);
        rig.awaitDrained();
        rig.disconnect();
        rig.fill(20, 20);
        rig.receiver(100).awaitCount(20);
        rig.disconnect();
        assertThat(rig.receiver(100).awaitCount(20)).extracting(message -> Rig.number(message.getPayload()))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(20, 40).boxed().toList());
    }

    @Test
    void withoutDemandNothingIsLostHoweverLongItLasts() {
        rig.with("max-poll-interval", "2s").with("session-timeout", "2s").partitions(2).fill(0, 3000);
        Receiver receiver = rig.receiver(5);
        receiver.awaitCount(5);
        // As long as several of the limits that the group has for one who asks for nothing.
        await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ofSeconds(6))
                .until(() -> rig.server.admin().members(rig.group) == 1);
        assertThat(receiver.messages).hasSize(5);
        assertThat(rig.committed()).isZero();
        receiver.acknowledging().request(10_000);
        receiver.awaitCount(3000);
        rig.awaitCommitted(3000);
        assertThat(receiver.numbers()).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 3000).boxed().toList());
    }

    @Test
    void whatNobodyCanReadIsParkedWithTheReason() {
        rig.partitions(1);
        rig.server.admin().produce(rig.topic, "key", "garbage".getBytes(StandardCharsets.UTF_8));
        rig.fill(0, 1);
        Receiver receiver = rig.receiver(10);
        receiver.awaitCount(2);
        receiver.messages.get(1).ack();
        receiver.messages.get(0).nack(new IllegalArgumentException("not JSON")).toCompletableFuture().join();
        rig.awaitCommitted(2);
        var parked = rig.server.admin().records(rig.topic + ".parked");
        assertThat(parked).hasSize(1);
        assertThat(parked.get(0).key()).isEqualTo("key");
        assertThat(parked.get(0).value()).asString().isEqualTo("garbage");
        Map<String, String> headers = new TreeMap<>();
        parked.get(0).headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        assertThat(headers).containsExactlyInAnyOrderEntriesOf(Map.of("heartbeat-reason", "not JSON", "heartbeat-topic",
                rig.topic, "heartbeat-partition", "0", "heartbeat-offset", "0"));
        assertThat(rig.routes().parked()).isOne();
    }

    @Test
    void whatIsTooLargeIsParkedUnseen() {
        rig.with("max-message-bytes", 1000).partitions(1);
        rig.server.admin().produce(rig.topic, "k", Rig.body(0, 5000));
        rig.fill(1, 1);
        Receiver receiver = rig.receiver(10).acknowledging();
        receiver.await1();
        assertThat(receiver.numbers()).containsExactly(1);
        rig.awaitCommitted(2);
    }

    @Test
    void aRecordWithoutAValueIsForTheReaderToJudge() {
        rig.partitions(1).server.admin().produce(rig.topic, "k", null);
        assertThat(rig.receiver(10).await1().getPayload()).isEmpty();
    }

    @Test
    void routesOfOneTopicDoNotWaitForEachOther() {
        rig.partitions(1).fill(0, 50);
        Receiver first = rig.receiver(1000).acknowledging();
        Receiver stuck = rig.receiver(rig.group + ".slow", false, 1);
        first.awaitCount(50);
        stuck.awaitCount(1);
        rig.awaitCommitted(50);
        rig.awaitDrained();
        stuck.acknowledging().request(1000);
        stuck.awaitCount(50);
        assertThat(stuck.numbers()).isEqualTo(first.numbers());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rig.server.admin().committed(rig.group + ".slow", rig.topic).getOrDefault(0, 0L) == 50);
    }
}
