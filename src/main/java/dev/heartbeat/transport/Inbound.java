package dev.heartbeat.transport;

import java.io.IOException;
import java.time.Clock;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.eclipse.microprofile.reactive.messaging.Message;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;

import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;

/** How do heartbeats come? One stream over all connections, taken by demand, each to be settled on the channel it came from. */
final class Inbound implements RabbitLink.Role {
    private static final int AHEAD = 16;
    private static final int LAST_WORDS_SECONDS = 2;

    private final RabbitConfig config;
    private final Clock clock;
    private final Parking parking;
    private final Budget budget;
    private final Pacing pacing;
    private final ExecutorService control = Dial.single("heartbeat-rabbitmq-acks");
    private final ExecutorService handover = Dial.single("heartbeat-rabbitmq-handover");
    private final Queue<Arrival> waiting = new ConcurrentLinkedQueue<>();
    private final UnicastProcessor<Arrival> outlet = UnicastProcessor.create(waiting, () -> {
    });
    private volatile RabbitLink link;
    private volatile Consumption current;

    /** Something to do on a channel; one that is gone meanwhile needs it no more. */
    interface Control {
        void run() throws IOException;
    }

    Inbound(RabbitConfig config, Clock clock, Parking parking) {
        this.config = config;
        this.clock = clock;
        this.parking = parking;
        this.budget = new Budget(config.unackedBytes().asLongValue(), config.prefetch());
        this.pacing = new Pacing(config.unackedBytes().asLongValue(), config.prefetch());
    }

    @Override
    public Links.Side side() {
        return Links.Side.IN;
    }

    Flow.Publisher<Message<byte[]>> messages() {
        return outlet.emitOn(handover, AHEAD)
                .select().where(arrival -> !isGone(arrival))
                .map(this::emit);
    }

    Budget budget() {
        return budget;
    }

    String queue() {
        return config.queue();
    }

    @Override
    public String begin(RabbitLink ownLink, Connection connection, Topology.Found found)
            throws IOException, TimeoutException {
        if (!found.queue()) {
            throw new LinkDownException(found.detail());
        }
        link = ownLink;
        String trouble = parking.prepare(connection);
        Channel channel = connection.openChannel().orElseThrow(() -> new IOException("no channel is free"));
        channel.addShutdownListener(ownLink::fail);
        Consumption consumption = new Consumption(this, channel, budget, pacing, clock, this::taken);
        current = consumption;
        control(consumption::consume);
        return trouble;
    }

    @Override
    public void tick() throws IOException {
        if (!link.standing().isDrained() && current.isDrained()) {
            link.standing().drained();
        }
    }

    @Override
    public void leave() {
        Consumption last = current;
        try {
            control.submit(() -> {
                last.arrivals().tell();
                return null;
            }).get(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            // The broker then sends again what it was not told of.
        }
    }

    @Override
    public void end(String reason) {
        Consumption former = current;
        current = null;
        if (former != null) {
            former.arrivals().end();
            waiting.removeIf(this::isGone);
        }
    }

    void close() {
        control.shutdown();
        handover.shutdown();
    }

    void fail(Throwable cause) {
        link.fail(cause);
    }

    /** All that is said on a channel is said by this one thread. */
    void control(Control what) {
        try {
            control.execute(() -> {
                try {
                    what.run();
                } catch (AlreadyClosedException e) {
                    // Its link knows already.
                } catch (IOException | RuntimeException e) {
                    fail(e);
                }
            });
        } catch (RejectedExecutionException e) {
            // Closed: the broker takes back what it was not told of.
        }
    }

    /** There is room again. */
    void settled(Arrival arrival) {
        budget.give(arrival.body().length);
        Consumption now = current;
        if (now != null && now.isStopped()) {
            control(now::consume);
        }
    }

    /** The broker sends it again, so it is none of our business any more, and makes room. */
    private boolean isGone(Arrival arrival) {
        boolean gone = arrival.channel().isGone();
        if (gone) {
            arrival.channel().settle(arrival, Arrival.State.DONE);
        }
        return gone;
    }

    private void taken(Arrival arrival) {
        String dropped = Sieve.dropped(arrival.body());
        if (dropped != null) {
            tooLarge(arrival, dropped);
        } else if (arrival.body().length > config.maxMessageBytes().asLongValue()) {
            tooLarge(arrival, arrival.body().length + " bytes");
        } else {
            outlet.onNext(arrival);
        }
    }

    private void tooLarge(Arrival arrival, String size) {
        emitted(arrival);
        parking.park(arrival, "too large: " + size + ", and RABBITMQ_MAX_MESSAGE_BYTES is "
                + config.maxMessageBytes().asLongValue());
    }

    private Message<byte[]> emit(Arrival arrival) {
        emitted(arrival);
        return arrival.message((refused, cause) -> parking.park(refused, String.valueOf(cause.getMessage())));
    }

    private void emitted(Arrival arrival) {
        Consumption now = current;
        if (now != null && now.arrivals() == arrival.channel() && now.emitted()) {
            link.standing().drained();
        }
    }
}
