package dev.heartbeat.transport;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

import org.eclipse.microprofile.reactive.messaging.Message;

import com.rabbitmq.client.AMQP;

/** What is in our hands of one message on its way in, and is it settled? Its channel guards what changes. */
final class Arrival {
    /** What is to be told to the broker? */
    enum State {
        /** Nothing yet. */
        HELD,
        /** It is stored or parked. */
        DONE,
        /** It can not be parked. */
        REJECTED,
        /** There was no room for it: it goes back, and its body is dropped. */
        EXCESS
    }

    private final Arrivals channel;
    private final long tag;
    private final AMQP.BasicProperties properties;
    private final byte[] body;
    private final Delivery delivery;
    private State state;

    Arrival(Arrivals channel, long tag, AMQP.BasicProperties properties, byte[] body, Delivery delivery) {
        this.channel = channel;
        this.tag = tag;
        this.properties = properties;
        this.body = body;
        this.delivery = delivery;
        this.state = body == null ? State.EXCESS : State.HELD;
    }

    static Arrival excess(Arrivals channel, long tag) {
        return new Arrival(channel, tag, null, null, null);
    }

    Arrivals channel() {
        return channel;
    }

    long tag() {
        return tag;
    }

    AMQP.BasicProperties properties() {
        return properties;
    }

    byte[] body() {
        return body;
    }

    State state() {
        return state;
    }

    /** False when it was settled before. */
    boolean settle(State settled) {
        if (state != State.HELD) {
            return false;
        }
        state = settled;
        return true;
    }

    Message<byte[]> message(BiFunction<Arrival, Throwable, CompletionStage<Void>> park) {
        return Message.of(body, List.of(delivery), () -> channel.settle(this, State.DONE),
                cause -> park.apply(this, cause));
    }
}
