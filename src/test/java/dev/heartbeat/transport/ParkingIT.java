package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.GetResponse;

class ParkingIT {
    private final Rig rig = Rig.shared();

    @AfterEach
    void close() {
        rig.close();
    }

    private static void park(Message<byte[]> message) {
        message.nack(new IllegalArgumentException("no JSON\n at 1:1"));
    }

    private void publish(AMQP.BasicProperties properties, byte[] body) {
        rig.on(channel -> {
            channel.confirmSelect();
            channel.queueDeclare(Rig.QUEUE, true, false, false, null);
            channel.basicPublish("", Rig.QUEUE, properties, body);
            return channel.waitForConfirms(60_000);
        });
    }

    @Test
    void poisonIsParkedWithItsReasonAndItsProperties() {
        publish(new AMQP.BasicProperties.Builder().messageId("m").contentType("text/plain").expiration("60000")
                .userId("guest").headers(Map.of("a", 1, "CC", List.of("elsewhere"))).build(), "poison".getBytes());
        rig.receiver(10).each(ParkingIT::park);
        GetResponse parked = rig.take(Rig.PARKED);
        assertThat(parked.getBody()).isEqualTo("poison".getBytes());
        assertThat(parked.getProps().getMessageId()).isEqualTo("m");
        assertThat(parked.getProps().getContentType()).isEqualTo("text/plain");
        assertThat(parked.getProps().getDeliveryMode()).isEqualTo(2);
        assertThat(parked.getProps().getExpiration()).isNull();
        assertThat(parked.getProps().getHeaders()).containsEntry("a", 1).doesNotContainKey("CC");
        assertThat(parked.getProps().getHeaders().get(Parkway.REASON)).hasToString("no JSON\\u000a at 1:1");
        await().until(() -> rig.connector().parked() == 1);
        rig.disconnect();
        rig.awaitReady(Rig.QUEUE, 0);
    }

    @Test
    void poisonInTheMiddleStopsNothing() {
        rig.fill(1000, 20);
        Receiver receiver = rig.receiver(2000)
                .each(message -> {
                    if (Rig.number(message.getPayload()) % 10 == 0) {
                        park(message);
                    } else {
                        message.ack();
                    }
                });
        receiver.awaitCount(1000);
        rig.awaitReady(Rig.PARKED, 100);
        rig.disconnect();
        rig.awaitReady(Rig.QUEUE, 0);
    }

    @Test
    void whatIsTooLargeIsParkedUnseen() {
        rig.with("max-message-bytes", "1000").fill(1, 1001);
        rig.fill(1, 1000);
        Receiver receiver = rig.receiver(10).acknowledging();
        assertThat(receiver.await1().getPayload()).hasSize(1000);
        GetResponse parked = rig.take(Rig.PARKED);
        assertThat(parked.getBody()).hasSize(1001);
        assertThat(parked.getProps().getHeaders().get(Parkway.REASON))
                .hasToString("too large: 1001 bytes, and RABBITMQ_MAX_MESSAGE_BYTES is 1000");
        rig.awaitStatus(Links.Side.IN, Links.Status::drained);
    }

    @Test
    void whatIsTooLargeForAnyMemoryIsParkedWithoutItsBody() {
        byte[] body = new byte[70 << 20];
        rig.fill(0, 0);
        publish(new AMQP.BasicProperties.Builder().messageId("huge").build(), body);
        rig.fill(1, 10);
        Receiver receiver = rig.receiver(10).acknowledging();
        assertThat(receiver.await1().getPayload()).hasSize(10);
        GetResponse parked = rig.take(Rig.PARKED);
        assertThat(parked.getProps().getMessageId()).isEqualTo("huge");
        assertThat(parked.getProps().getHeaders().get(Parkway.REASON).toString()).startsWith("too large: " + body.length
                + " bytes, SHA-256 " + Rejections.sha256(body) + ", body not kept, and ");
        assertThat(parked.getBody()).hasSizeLessThan(200);
        rig.disconnect();
        rig.awaitReady(Rig.QUEUE, 0);
    }

    @Test
    void whereNothingCanBeParkedItIsRejectedAndCounted() {
        rig.server.admin().exchange(rig.vhost, Rig.EXCHANGE, "topic");
        rig.server.admin().user("careful", "s", "");
        rig.server.admin().permit(rig.vhost, "careful", "^$", "^" + Rig.EXCHANGE + "$", ".*");
        rig.with("user", "careful").with("pass", "s").fill(3, 10);
        rig.receiver(10).each(ParkingIT::park);
        await().atMost(Rig.PATIENCE).until(() -> rig.connector().rejected() == 3);
        assertThat(rig.links.status(Links.Side.IN).detail()).contains("what can not be read is rejected");
        rig.disconnect();
        rig.awaitReady(Rig.QUEUE, 0);
    }

    @Test
    void whereParkingIsForbiddenItIsRejected() {
        rig.server.admin().queue(rig.vhost, Rig.PARKED, Map.of());
        rig.server.admin().exchange(rig.vhost, Rig.EXCHANGE, "topic");
        rig.server.admin().user("watched", "s", "");
        rig.server.admin().permit(rig.vhost, "watched", "^$", "^" + Rig.EXCHANGE + "$", ".*");
        rig.with("user", "watched").with("pass", "s").fill(3, 10);
        rig.receiver(10).each(ParkingIT::park);
        await().atMost(Rig.PATIENCE).until(() -> rig.connector().rejected() == 3);
        assertThat(rig.ready(Rig.PARKED)).isZero();
    }

    @Test
    void aFullParkingQueueThatRefusesIsARejection() {
        rig.server.admin().queue(rig.vhost, Rig.PARKED, Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
        rig.fill(3, 10);
        rig.receiver(10).each(ParkingIT::park);
        await().atMost(Rig.PATIENCE).until(() -> rig.connector().rejected() == 2 && rig.connector().parked() == 1);
    }

    @Test
    void aParkingQueueThatWasDeletedIsDeclaredAgain() {
        Receiver receiver = rig.receiver(10).each(ParkingIT::park);
        rig.fill(1, 10);
        receiver.awaitCount(1);
        rig.awaitReady(Rig.PARKED, 1);
        rig.server.admin().deleteQueue(rig.vhost, Rig.PARKED);
        rig.fill(1, 10);
        receiver.awaitCount(2);
        rig.take(Rig.PARKED);
        assertThat(rig.connector().rejected()).isZero();
    }
}
