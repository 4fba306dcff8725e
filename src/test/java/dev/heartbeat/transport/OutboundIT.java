package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.GetResponse;

import dev.heartbeat.services.RabbitServer;

class OutboundIT {
    private final Rig rig = Rig.shared();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void whatIsConfirmedIsPersistentAndSaysWhatItIs() {
        Rig.Sender sender = rig.sender();
        rig.awaitUp(Links.Side.OUT);
        Instant at = Instant.parse("2026-01-02T03:04:05Z");
        sender.send("{}".getBytes(), new Envelope("id-1", at, "application/json")).join();
        GetResponse response = rig.take(Rig.QUEUE);
        assertThat(response.getBody()).isEqualTo("{}".getBytes());
        assertThat(response.getEnvelope().getRoutingKey()).isEqualTo(Rig.KEY);
        assertThat(response.getProps().getDeliveryMode()).isEqualTo(2);
        assertThat(response.getProps().getContentType()).isEqualTo("application/json");
        assertThat(response.getProps().getMessageId()).isEqualTo("id-1");
        assertThat(response.getProps().getTimestamp()).isEqualTo(at);
    }

    @Test
    void withoutEnvelopeItStillHasAnIdAndATime() {
        Rig.Sender sender = rig.sender();
        rig.awaitUp(Links.Side.OUT);
        sender.send(new byte[] { 1 }).join();
        GetResponse response = rig.take(Rig.QUEUE);
        assertThat(response.getProps().getMessageId()).isNotBlank();
        assertThat(response.getProps().getTimestamp()).isNotNull();
    }

    @Test
    void ofManyEachIsAnsweredOnceAndTheOrderIsKept() {
        Rig.Sender sender = rig.sender();
        rig.awaitUp(Links.Side.OUT);
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            answers.add(sender.send(Rig.body(i, 10)));
        }
        answers.forEach(CompletableFuture::join);
        assertThat(sender.answers).hasValue(2000);
        rig.on(channel -> {
            for (int i = 0; i < 2000; i++) {
                assertThat(Rig.number(channel.basicGet(Rig.QUEUE, true).getBody())).isEqualTo(i);
            }
            return null;
        });
    }

    @Test
    void whatNoQueueTakesIsRefusedAndTheBindingHeals() {
        Rig.Sender sender = rig.sender();
        rig.awaitUp(Links.Side.OUT);
        rig.server.admin().unbind(rig.vhost, Rig.EXCHANGE, Rig.QUEUE, Rig.KEY);
        assertThatThrownBy(sender.send(new byte[1])::join).hasCauseInstanceOf(UndeliveredException.class)
                .hasMessageContaining("no queue is bound");
        await().atMost(Rig.PATIENCE).until(() -> !sender.send(new byte[2]).handle((ok, failure) -> failure != null).join());
        assertThat(rig.ready(Rig.QUEUE)).isOne();
    }

    @Test
    void aFullQueueRefuses() {
        rig.server.admin().queue(rig.vhost, Rig.QUEUE, Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
        Rig.Sender sender = rig.sender();
        rig.awaitUp(Links.Side.OUT);
        sender.send(new byte[1]).join();
        assertThatThrownBy(sender.send(new byte[1])::join).hasCauseInstanceOf(UndeliveredException.class)
                .hasMessageContaining("the broker refused it");
    }

    @Test
    void anExchangeThatVanishesIsDeclaredAgain() {
        Rig.Sender sender = rig.sender();
        rig.awaitUp(Links.Side.OUT);
        rig.on(channel -> channel.exchangeDelete(Rig.EXCHANGE));
        assertThatThrownBy(sender.send(new byte[1])::join).hasCauseInstanceOf(LinkDownException.class)
                .hasMessageContaining("no exchange");
        await().atMost(Rig.PATIENCE).until(() -> !sender.send(new byte[1]).handle((ok, failure) -> failure != null).join());
    }

    @Test
    void whileTheLinkIsDownAMessageIsRefusedAtOnce() {
        rig.with("port", 1);
        Rig.Sender sender = rig.sender();
        assertThatThrownBy(() -> sender.send(new byte[1]).get(1, TimeUnit.SECONDS))
                .hasCauseInstanceOf(LinkDownException.class);
        assertThat(rig.awaitDown(Links.Side.OUT)).startsWith("amqp://localhost:1 can not be reached");
    }

    @Test
    void aBrokerShortOfMemoryIsSaidAndWaitedFor() {
        RabbitServer own = RabbitServer.own();
        try (Rig blocked = new Rig(own).with("confirm-timeout", "500ms")) {
            Rig.Sender sender = blocked.sender();
            blocked.awaitUp(Links.Side.OUT);
            own.blockPublishers();
            CompletableFuture<Void> first = sender.send(new byte[1]);
            Links.Status status = blocked.awaitStatus(Links.Side.OUT, now -> !now.up());
            assertThat(status.detail()).contains("accepts nothing for now").contains("memory");
            assertThatThrownBy(sender.send(new byte[1])::join).hasCauseInstanceOf(LinkDownException.class);
            own.unblockPublishers();
            blocked.awaitUp(Links.Side.OUT);
            first.join();
            assertThat(blocked.ready(Rig.QUEUE)).isOne();
        }
    }

    @Test
    void aConfirmThatDoesNotComeInTimeIsARefusal() {
        rig.with("confirm-timeout", "0ms");
        // The time is looked at once a second, so nearly all confirms come first; what is asked is that none is left over.
        Rig.Sender sender = rig.sender();
        rig.awaitUp(Links.Side.OUT);
        for (int i = 0; i < 500; i++) {
            sender.send(new byte[100_000]);
        }
        await().atMost(Rig.PATIENCE).until(() -> sender.answers.get() == 500);
    }

    @Test
    void aBlankRoutingKeyIsTheQueuesName() {
        rig.with("routing-key", " ");
        Rig.Sender sender = rig.sender();
        rig.awaitUp(Links.Side.OUT);
        sender.send(new byte[1]).join();
        assertThat(rig.take(Rig.QUEUE).getEnvelope().getRoutingKey()).isEqualTo(Rig.QUEUE);
    }

    @Test
    void closingAnswersWhatIsUnderWay() {
        rig.on(channel -> channel.exchangeDeclare(Rig.EXCHANGE, BuiltinExchangeType.TOPIC, true));
        Rig.Sender sender = rig.sender();
        rig.awaitUp(Links.Side.OUT);
        for (int i = 0; i < 100; i++) {
            sender.send(new byte[100_000]);
        }
        rig.close();
        assertThat(sender.answers).hasValue(100);
        assertThat(rig.links.status(Links.Side.OUT).detail()).isEqualTo("closed");
    }
}
