package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.heartbeat.services.RabbitServer;

class RestartIT {
    private final RabbitServer server = RabbitServer.own();
    private final Rig rig = new Rig(server);

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aBrokerThatIsDownAtTheStartIsWaitedFor() {
        server.kill();
        Rig.Sender sender = rig.sender();
        Receiver receiver = rig.receiver(10).acknowledging();
        assertThat(rig.awaitDown(Links.Side.OUT)).contains("can not be reached");
        assertThat(rig.awaitDown(Links.Side.IN)).contains("can not be reached");
        server.startAgain();
        rig.awaitUp(Links.Side.OUT);
        rig.awaitUp(Links.Side.IN);
        sender.send(new byte[] { 1 }).join();
        receiver.await1();
    }

    @Test
    void midwayNothingConfirmedIsLostAndEveryMessageIsAnswered() {
        Rig.Sender sender = rig.sender();
        rig.awaitUp(Links.Side.OUT);
        Set<Integer> confirmed = new TreeSet<>();
        Thread killer = new Thread(server::restart);
        int refused = 0;
        int sent = 0;
        for (; sent < 400 || killer.isAlive() || !rig.links.status(Links.Side.OUT).up(); sent++) {
            if (sent == 200) {
                killer.start();
            }
            int number = sent;
            await("the broker has restarted").atMost(Duration.ofMinutes(2)).pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10)).until(() -> rig.links.status(Links.Side.OUT).up());
            try {
                sender.send(Rig.body(number, 1000)).join();
                confirmed.add(number);
            } catch (CompletionException e) {
                refused++;
            }
        }
        assertThat(sender.answers).hasValue(sent);
        assertThat(confirmed.size() + refused).isEqualTo(sent);
        Receiver receiver = rig.receiver(Long.MAX_VALUE).acknowledging();
        await().atMost(Rig.PATIENCE).until(() -> receiver.numbers().containsAll(confirmed));
        assertThat(receiver.numbers()).isSorted();
    }

    @Test
    void aConnectionThatBreaksIsNotTakenForAWrongPort() {
        rig.sender();
        rig.awaitUp(Links.Side.OUT);
        List<String> details = new CopyOnWriteArrayList<>();
        rig.links.listen(Links.Side.OUT, status -> details.add(String.valueOf(status.detail())));
        server.restart();
        rig.awaitUp(Links.Side.OUT);
        assertThat(details).noneMatch(detail -> detail.contains("RABBITMQ_TLS"))
                .anyMatch(detail -> detail.contains("broke the connection off"));
    }

    @Test
    void confirmsThatNeverComeAreRefusals() {
        Rig.Sender sender = rig.sender();
        rig.awaitUp(Links.Side.OUT);
        for (int i = 0; i < 2000; i++) {
            sender.send(Rig.body(i, 5000));
        }
        server.restart();
        await().atMost(Rig.PATIENCE).until(() -> sender.answers.get() == 2000);
    }

    /** Tags begin anew on every channel: an acknowledgement that comes late must not hit another message. */
    @Test
    void acknowledgementsForAFormerChannelSettleNothing() {
        rig.with("prefetch", 50).fillDurably(100);
        Receiver receiver = rig.receiver(Long.MAX_VALUE);
        List<Message<byte[]>> held = new ArrayList<>(receiver.awaitCount(50));
        server.restart();
        rig.awaitUp(Links.Side.IN);
        // Makes room for others, whose tags on the new channel are those of the ones that are still held.
        held.subList(24, 50).forEach(Message::ack);
        receiver.awaitCount(74);
        held.subList(0, 24).forEach(Message::ack);
        rig.disconnect();
        rig.awaitReady(Rig.QUEUE, 100);
    }

    @Test
    void whatIsHeldThroughAnOutageCountsUntilItIsSettled() {
        rig.with("prefetch", 50).fillDurably(100);
        Receiver receiver = rig.receiver(Long.MAX_VALUE);
        List<Message<byte[]>> held = new ArrayList<>(receiver.awaitCount(50));
        server.restart();
        rig.awaitUp(Links.Side.IN);
        rig.awaitReady(Rig.QUEUE, 100);
        assertThat(receiver.messages).hasSize(50);
        held.forEach(Message::ack);
        receiver.acknowledging();
        receiver.awaitCount(150);
        assertThat(receiver.numbers().subList(50, 150)).isSorted();
        rig.awaitStatus(Links.Side.IN, Links.Status::drained);
        assertThat(receiver.messages.subList(50, 150)).allMatch(Receiver::isBacklog);
    }
}
