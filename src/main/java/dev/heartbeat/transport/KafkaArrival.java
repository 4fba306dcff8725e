package dev.heartbeat.transport;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;

import dev.heartbeat.model.Position;

/** What is in our hands of one record? Its share guards what changes, and knows whether it is settled. */
final class KafkaArrival {
    private final KafkaShare share;
    private final ConsumerRecord<byte[], byte[]> record;
    private final Delivery delivery;
    private boolean emitted;

    KafkaArrival(KafkaShare share, ConsumerRecord<byte[], byte[]> record, Instant received, boolean backlog) {
        this.share = share;
        this.record = record;
        this.delivery = new Delivery(received, backlog, new Position(record.topic(), record.partition(), record.offset()),
                new KafkaOrigin(record));
    }

    KafkaShare share() {
        return share;
    }

    ConsumerRecord<byte[], byte[]> record() {
        return record;
    }

    Delivery delivery() {
        return delivery;
    }

    /** A record without a value says nothing, which is not a heartbeat either. */
    byte[] body() {
        return record.value() == null ? new byte[0] : record.value();
    }

    boolean isEmitted() {
        return emitted;
    }

    void emit() {
        emitted = true;
    }

    Message<byte[]> message(BiFunction<KafkaArrival, String, CompletableFuture<Void>> park) {
        return Message.of(body(), List.of(delivery), () -> {
            share.settle(this);
            return CompletableFuture.completedFuture(null);
        }, cause -> park.apply(this, String.valueOf(cause.getMessage())));
    }
}
