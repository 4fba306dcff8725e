package dev.heartbeat.transport;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

import org.eclipse.microprofile.reactive.messaging.Message;

/** What came in? Takes by demand, and settles only what it is told to. */
final class Receiver implements Flow.Subscriber<Message<byte[]>> {
    final List<Message<byte[]>> messages = new CopyOnWriteArrayList<>();
    private final long demand;
    private volatile Flow.Subscription subscription;
    private volatile Consumer<Message<byte[]>> onEach = message -> {
    };

    Receiver(long demand) {
        this.demand = demand;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(demand);
    }

    @Override
    public void onNext(Message<byte[]> message) {
        messages.add(message);
        onEach.accept(message);
    }

    @Override
    public void onError(Throwable failure) {
        throw new IllegalStateException(failure);
    }

    @Override
    public void onComplete() {
        throw new IllegalStateException("a stream for ever has ended");
    }

    void request(long n) {
        subscription.request(n);
    }

    /** Acknowledges all that is here and all that comes. */
    Receiver acknowledging() {
        onEach = Message::ack;
        messages.forEach(Message::ack);
        return this;
    }

    Receiver each(Consumer<Message<byte[]>> action) {
        onEach = action;
        return this;
    }

    Message<byte[]> await1() {
        return awaitCount(1).get(0);
    }

    List<Message<byte[]>> awaitCount(int count) {
        await(count + " messages").atMost(Rig.PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10))
                .until(() -> messages.size() >= count);
        return messages;
    }

    List<Integer> numbers() {
        return messages.stream().map(message -> Rig.number(message.getPayload())).toList();
    }

    static boolean isBacklog(Message<byte[]> message) {
        return message.getMetadata(Delivery.class).orElseThrow().backlog();
    }
}
