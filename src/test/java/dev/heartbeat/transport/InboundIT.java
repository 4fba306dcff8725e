package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboundIT {
    private final Rig rig = Rig.shared();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void onlyWhatIsAcknowledgedLeavesTheQueue() {
        rig.fill(10, 10);
        Receiver receiver = rig.receiver(100);
        receiver.awaitCount(10);
        receiver.messages.subList(0, 3).forEach(Message::ack);
        receiver.messages.get(7).ack();
        receiver.messages.get(7).ack();
        rig.disconnect();
        rig.awaitReady(Rig.QUEUE, 6);
        Receiver again = rig.receiver(100);
        again.awaitCount(6);
        assertThat(again.numbers()).containsExactly(3, 4, 5, 6, 8, 9);
    }

    @Test
    void nothingComesWithoutDemand() {
        rig.fill(10, 10);
        Receiver receiver = rig.receiver(2).acknowledging();
        receiver.awaitCount(2);
        rig.awaitReady(Rig.QUEUE, 0);
        assertThat(receiver.messages).hasSize(2);
        receiver.request(8);
        assertThat(receiver.awaitCount(10)).hasSize(10);
    }

    @Test
    void whatWaitedIsBacklogAndWhatComesAfterItIsNot() {
        rig.fill(100, 10);
        Receiver receiver = rig.receiver(60).acknowledging();
        receiver.awaitCount(60);
        assertThat(rig.links.status(Links.Side.IN).drained()).isFalse();
        rig.fill(5, 10);
        receiver.request(1000);
        receiver.awaitCount(105);
        rig.awaitStatus(Links.Side.IN, Links.Status::drained);
        assertThat(receiver.messages.subList(0, 100)).allMatch(Receiver::isBacklog);
        assertThat(receiver.messages.subList(100, 105)).noneMatch(Receiver::isBacklog);
    }

    @Test
    void anEmptyQueueIsDrainedAtOnce() {
        rig.receiver(1);
        assertThat(rig.awaitStatus(Links.Side.IN, Links.Status::drained).up()).isTrue();
    }

    @Test
    void whatOtherSubscribersTookIsDrainedToo() {
        rig.fill(1000, 10);
        Receiver receiver = rig.receiver(1000);
        rig.awaitUp(Links.Side.IN);
        rig.on(channel -> channel.queuePurge(Rig.QUEUE));
        receiver.acknowledging();
        rig.awaitStatus(Links.Side.IN, Links.Status::drained);
    }

    @Test
    void whatIsDeliveredAgainIsBacklog() {
        Receiver receiver = rig.receiver(100);
        rig.awaitStatus(Links.Side.IN, Links.Status::drained);
        rig.fill(1, 10);
        assertThat(receiver.await1()).matches(message -> !Receiver.isBacklog(message));
        rig.disconnect();
        rig.awaitReady(Rig.QUEUE, 1);
        assertThat(rig.receiver(100).await1()).matches(Receiver::isBacklog);
    }

    @Test
    void bytesInHandAreBoundedAndTheOrderIsKept() {
        int size = 500_000;
        long budget = 8 << 20;
        rig.with("unacked-bytes", "8M").fill(200, size);
        List<Long> inHand = new ArrayList<>();
        List<Long> sentAhead = new ArrayList<>();
        Receiver receiver = rig.receiver(1000);
        for (int acknowledged = 0; acknowledged < 200; acknowledged++) {
            Message<byte[]> message = receiver.awaitCount(acknowledged + 1).get(acknowledged);
            inHand.add(rig.connector().bytesInHand());
            sentAhead.add(200 - rig.ready(Rig.QUEUE) - acknowledged);
            message.ack();
        }
        rig.awaitReady(Rig.QUEUE, 0);
        assertThat(receiver.numbers()).containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
        assertThat(receiver.messages.stream().filter(Receiver::isBacklog)).hasSize(200);
        assertThat(inHand).allMatch(bytes -> bytes <= budget).anyMatch(bytes -> bytes > budget / 2);
        // Once it is known how large they are, the broker is not asked for much more than there is room for.
        assertThat(sentAhead.subList(60, sentAhead.size())).allMatch(count -> count <= 32);
    }

    @Test
    void whatIsNotAcknowledgedStopsTheStreamAtTheBudget() {
        rig.with("unacked-bytes", "1M").fill(100, 100_000);
        Receiver receiver = rig.receiver(1000);
        receiver.awaitCount(10);
        rig.awaitReady(Rig.QUEUE, 90);
        assertThat(receiver.messages).hasSize(10);
        receiver.acknowledging();
        receiver.awaitCount(100);
        assertThat(receiver.numbers()).containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void oneLargerThanTheBudgetComesAlone() {
        rig.with("unacked-bytes", "100K").fill(3, 200_000);
        Receiver receiver = rig.receiver(10);
        receiver.await1();
        rig.awaitReady(Rig.QUEUE, 2);
        receiver.acknowledging();
        receiver.awaitCount(3);
        assertThat(receiver.numbers()).containsExactly(0, 1, 2);
    }

    @Test
    void ofSmallMessagesMoreAreSentAhead() {
        rig.fill(5000, 100);
        Receiver receiver = rig.receiver(5000);
        receiver.awaitCount(500);
        rig.awaitReady(Rig.QUEUE, 4500);
        receiver.acknowledging();
        receiver.awaitCount(5000);
        assertThat(receiver.numbers()).containsExactlyElementsOf(IntStream.range(0, 5000).boxed().toList());
    }

    @Test
    void aQueueThatIsDeletedIsDeclaredAndConsumedAgain() {
        Receiver receiver = rig.receiver(10).acknowledging();
        rig.awaitUp(Links.Side.IN);
        Instant since = rig.links.status(Links.Side.IN).since();
        rig.server.admin().deleteQueue(rig.vhost, Rig.QUEUE);
        rig.awaitStatus(Links.Side.IN, status -> status.up() && status.since().isAfter(since));
        rig.fill(1, 10);
        receiver.await1();
    }

    @Test
    void aBindingThatVanishesHealsWhenItIsLookedAfter() {
        rig.with("verify-every", "100ms");
        rig.receiver(1);
        rig.awaitUp(Links.Side.IN);
        rig.server.admin().unbind(rig.vhost, Rig.EXCHANGE, Rig.QUEUE, Rig.KEY);
        await().atMost(Rig.PATIENCE).until(() -> rig.server.admin()
                .get("bindings/" + rig.vhost + "/e/" + Rig.EXCHANGE + "/q/" + Rig.QUEUE).size() == 1);
    }

    /** Only not in order: such a queue gives back to itself behind what follows. */
    @Test
    void aQuorumQueueServesAsWell() {
        rig.server.admin().queue(rig.vhost, Rig.QUEUE, Map.of("x-queue-type", "quorum"));
        rig.with("unacked-bytes", "1M").fill(60, 100_000);
        Receiver receiver = rig.receiver(1000).acknowledging();
        receiver.awaitCount(60);
        assertThat(receiver.numbers()).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 60).boxed().toList());
    }
}
