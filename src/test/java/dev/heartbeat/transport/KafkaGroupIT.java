package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.model.Position;

class KafkaGroupIT {
    private final KafkaRig rig = KafkaRig.shared().with("session-timeout", "2s");
    private final KafkaRig other = rig.other();

    @AfterEach
    void close() {
        rig.close();
        other.close();
    }

    private static Set<Integer> partitions(Receiver receiver, int from) {
        return receiver.messages.stream().skip(from)
                .map(message -> message.getMetadata(Delivery.class).orElseThrow().position()).map(Position::partition)
                .collect(Collectors.toSet());
    }

    @Test
    void twoShareThePartitionsAndLoseNothingWhenOneComesOrGoes() {
        rig.partitions(4).fill(0, 2000);
        Receiver first = rig.receiver(100_000).acknowledging();
        first.awaitCount(1);
        Receiver second = other.receiver(100_000).acknowledging();
        other.awaitDrained();
        rig.fill(2000, 2000);
        rig.awaitCommitted(4000);
        other.disconnect();
        int before = first.messages.size();
        rig.fill(4000, 2000);
        rig.awaitCommitted(6000);
        List<Integer> all = KafkaRig.all(first, second);
        assertThat(new HashSet<>(all)).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 6000).boxed().toList());
        assertThat(second.messages).isNotEmpty();
        assertThat(partitions(first, before)).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void whatIsAcknowledgedTooLateSettlesNothing() {
        rig.partitions(2).fill(0, 100);
        Receiver slow = rig.receiver(1000);
        slow.awaitCount(100);
        Receiver second = other.receiver(1000).acknowledging();
        // The second one has its share once it has heard half of it anew.
        second.awaitCount(1);
        await().atMost(KafkaRig.PATIENCE).until(() -> rig.server.admin().members(rig.group) == 2);
        int before = (int) rig.committed();
        List<Message<byte[]>> late = List.copyOf(slow.messages.subList(0, 100));
        late.forEach(Message::ack);
        second.awaitCount(1);
        // What was in hand came again to both; only that counts.
        slow.acknowledging();
        rig.awaitCommitted(100);
        assertThat(before).isLessThanOrEqualTo(100);
        List<Integer> again = KafkaRig.all(second);
        again.addAll(slow.numbers().subList(100, slow.messages.size()));
        assertThat(new HashSet<>(again)).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void oneWithoutAPartitionIsUpAndDrainedAllTheSame() {
        rig.partitions(1).receiver(10);
        rig.awaitDrained();
        other.receiver(10);
        other.awaitDrained();
        rig.awaitDrained();
    }

    @Test
    void theSideIsDrainedOnceEveryRouteThatMakesStatesIs() {
        rig.partitions(1).fill(0, 10);
        Receiver first = rig.receiver(rig.group, true, 100).acknowledging();
        Receiver second = rig.receiver(rig.group + ".second", true, 5).acknowledging();
        Receiver third = rig.receiver(rig.group + ".third", false, 1);
        first.awaitCount(10);
        second.awaitCount(5);
        third.awaitCount(1);
        rig.awaitStatus(Links.Side.IN, status -> status.up() && !status.drained());
        second.request(100);
        rig.awaitDrained();
    }
}
