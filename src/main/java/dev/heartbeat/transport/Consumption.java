package dev.heartbeat.transport;

import java.io.IOException;
import java.time.Clock;
import java.util.function.Consumer;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.ShutdownSignalException;

/**
 * How does the queue come to us without filling our memory? Consumes on one channel while there is room; when there is none,
 * stops, gives back what is too much in its order, and goes on once half of the room is free.
 */
final class Consumption extends DefaultConsumer {
    private static final String TAG = "heartbeat-subscriber-";

    private final String queue;
    private final Inbound inbound;
    private final Budget budget;
    private final Pacing pacing;
    private final Clock clock;
    private final Arrivals arrivals;
    private final Consumer<Arrival> taken;
    private final long backlog;
    private long accepted;
    private long emitted;
    private State state = State.STOPPED;
    private boolean full;
    private long next;
    private int consumptions;

    private enum State {
        CONSUMING,
        /** Told to stop; what is on its way still comes. */
        STOPPING,
        STOPPED
    }

    Consumption(Inbound inbound, Channel channel, Budget budget, Pacing pacing, Clock clock, Consumer<Arrival> taken)
            throws IOException {
        super(channel);
        this.inbound = inbound;
        this.queue = inbound.queue();
        this.budget = budget;
        this.pacing = pacing;
        this.clock = clock;
        this.taken = taken;
        this.arrivals = new Arrivals(inbound, channel);
        this.backlog = channel.messageCount(queue);
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /** One more was passed on; true when it was the last one that had waited when we came. */
    synchronized boolean emitted() {
        return ++emitted == backlog;
    }

    /** Whether all that waited when we came was passed on; other subscribers may have had their share of it. */
    boolean isDrained() throws IOException {
        boolean allPassedOn;
        synchronized (this) {
            if (emitted >= backlog) {
                return true;
            }
            allPassedOn = emitted == accepted && !full;
        }
        return allPassedOn && getChannel().messageCount(queue) == 0;
    }

    /** On the control thread: begins or goes on when it stands still and there is room. */
    void consume() throws IOException {
        int prefetch;
        String tag;
        synchronized (this) {
            if (state != State.STOPPED || !budget.isHalfFreeFor(next)) {
                return;
            }
            state = State.CONSUMING;
            full = false;
            next = 0;
            prefetch = pacing.change(budget.room());
            tag = TAG + ++consumptions;
        }
        getChannel().basicQos(prefetch, false);
        getChannel().basicConsume(queue, false, tag, this);
    }

    synchronized boolean isStopped() {
        return state == State.STOPPED;
    }

    @Override
    public void handleDelivery(String consumerTag, com.rabbitmq.client.Envelope envelope, AMQP.BasicProperties properties,
            byte[] body) {
        Arrival arrival = arrived(envelope, properties, body);
        if (arrival != null) {
            taken.accept(arrival);
        }
    }

    /** Null for what there is no room for; whatever follows it has none either, or the order would be lost. */
    private synchronized Arrival arrived(com.rabbitmq.client.Envelope envelope, AMQP.BasicProperties properties,
            byte[] body) {
        pacing.saw(body.length);
        if (full || !budget.take(body.length)) {
            next = full ? next : body.length;
            full = true;
            arrivals.add(Arrival.excess(arrivals, envelope.getDeliveryTag()));
            stop();
            return null;
        }
        boolean waited = envelope.isRedeliver() || accepted < backlog;
        accepted++;
        Arrival arrival = new Arrival(arrivals, envelope.getDeliveryTag(), properties, body,
                new Delivery(clock.instant(), waited, null, new RabbitOrigin(queue, properties)));
        arrivals.add(arrival);
        if (pacing.wantsChange()) {
            stop();
        }
        return arrival;
    }

    private void stop() {
        if (state == State.CONSUMING) {
            state = State.STOPPING;
            String tag = TAG + consumptions;
            inbound.control(() -> getChannel().basicCancel(tag));
        }
    }

    /** Nothing comes after this. */
    @Override
    public void handleCancelOk(String consumerTag) {
        inbound.control(() -> {
            arrivals.giveBack();
            synchronized (this) {
                state = State.STOPPED;
            }
            consume();
        });
    }

    /** By the broker: the queue was deleted, or its node went away. */
    @Override
    public void handleCancel(String consumerTag) {
        inbound.fail(new LinkDownException("the broker stopped our consuming: queue " + queue + " was deleted or moved"));
    }

    @Override
    public void handleShutdownSignal(String consumerTag, ShutdownSignalException cause) {
        inbound.fail(cause);
    }
}
