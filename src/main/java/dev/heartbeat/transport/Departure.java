package dev.heartbeat.transport;

import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import org.eclipse.microprofile.reactive.messaging.Message;

import com.rabbitmq.client.AMQP;

/** What becomes of one message on its way out? It is answered exactly once, whoever comes first. */
final class Departure {
    private static final int PERSISTENT = 2;

    private final Message<byte[]> message;
    private final Runnable next;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final long began = System.nanoTime();
    private final AMQP.BasicProperties properties;
    private final TraceSpan span;
    private volatile boolean returned;

    /**
     * @param exchange for which it leaves
     * @param next called after the answer: there is room for another one
     */
    Departure(Message<byte[]> message, String exchange, Runnable next) {
        this.message = message;
        this.next = next;
        Envelope envelope = message.getMetadata(Envelope.class)
                .orElseGet(() -> new Envelope(UUID.randomUUID().toString(), Instant.now(), "application/json"));
        this.span = envelope.trace().publishing(RabbitOrigin.SYSTEM, exchange, envelope.messageId());
        this.properties = new AMQP.BasicProperties.Builder().deliveryMode(PERSISTENT).contentType(envelope.contentType())
                .messageId(envelope.messageId()).timestamp(Date.from(envelope.at()))
                .headers(span.isNone() ? null : Map.copyOf(span.headers())).build();
    }

    AMQP.BasicProperties properties() {
        return properties;
    }

    byte[] body() {
        return message.getPayload();
    }

    boolean isAnswered() {
        return answered.get();
    }

    long ageNanos() {
        return System.nanoTime() - began;
    }

    /** The broker found no queue for it; its confirm, which still comes, then means nothing. */
    void returned() {
        returned = true;
    }

    boolean isReturned() {
        return returned;
    }

    void confirmed() {
        if (answered.compareAndSet(false, true)) {
            span.end();
            message.ack();
            next.run();
        }
    }

    void refused(RuntimeException cause) {
        if (answered.compareAndSet(false, true)) {
            span.failed(cause);
            message.nack(cause);
            next.run();
        }
    }
}
