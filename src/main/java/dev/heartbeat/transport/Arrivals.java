package dev.heartbeat.transport;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import com.rabbitmq.client.Channel;

/**
 * What has come on one channel, and what of it must the broker still be told of? Acknowledgements gather while earlier ones
 * are being sent, so that a burst of them leaves in a few frames. Tags mean nothing beyond their channel.
 */
final class Arrivals {
    private final Inbound inbound;
    private final Channel channel;
    private final Deque<Arrival> unsettled = new ArrayDeque<>();
    private final AtomicBoolean telling = new AtomicBoolean();
    private boolean gone;

    /** What one telling says: the rejected, then all up to a tag (0 for none), then the ones behind a gap. */
    private record Told(List<Long> rejected, long upTo, List<Long> single) {
    }

    Arrivals(Inbound inbound, Channel channel) {
        this.inbound = inbound;
        this.channel = channel;
    }

    synchronized void add(Arrival arrival) {
        unsettled.add(arrival);
    }

    synchronized boolean isGone() {
        return gone;
    }

    /** Settles it with the broker; on a former channel it only makes room. */
    CompletionStage<Void> settle(Arrival arrival, Arrival.State state) {
        boolean tell;
        synchronized (this) {
            if (!arrival.settle(state)) {
                return CompletableFuture.completedFuture(null);
            }
            tell = !gone;
        }
        inbound.settled(arrival);
        if (tell) {
            tellSoon();
        }
        return CompletableFuture.completedFuture(null);
    }

    /** The channel is gone; the broker takes back what it was not told of. */
    synchronized void end() {
        gone = true;
        unsettled.clear();
    }

    /** On the control thread: gives the excess back, in order. */
    void giveBack() throws IOException {
        List<Long> excess = new ArrayList<>();
        synchronized (this) {
            unsettled.removeIf(arrival -> arrival.state() == Arrival.State.EXCESS && excess.add(arrival.tag()));
        }
        for (long tag : excess) {
            channel.basicNack(tag, false, true);
        }
    }

    private void tellSoon() {
        if (telling.compareAndSet(false, true)) {
            inbound.control(this::tell);
        }
    }

    /** On the control thread. */
    void tell() throws IOException {
        telling.set(false);
        Told told = collect();
        for (long tag : told.rejected()) {
            channel.basicReject(tag, false);
        }
        if (told.upTo() > 0) {
            channel.basicAck(told.upTo(), true);
        }
        for (long tag : told.single()) {
            channel.basicAck(tag, false);
        }
    }

    private synchronized Told collect() {
        List<Long> rejected = new ArrayList<>();
        List<Long> single = new ArrayList<>();
        long upTo = 0;
        boolean gap = false;
        for (Iterator<Arrival> all = unsettled.iterator(); all.hasNext();) {
            Arrival arrival = all.next();
            switch (arrival.state()) {
                case HELD, EXCESS -> gap = true;
                case REJECTED -> {
                    rejected.add(arrival.tag());
                    all.remove();
                }
                case DONE -> {
                    if (gap) {
                        single.add(arrival.tag());
                    } else {
                        upTo = arrival.tag();
                    }
                    all.remove();
                }
            }
        }
        return new Told(rejected, upTo, single);
    }
}
