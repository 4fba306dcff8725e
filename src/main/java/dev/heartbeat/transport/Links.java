package dev.heartbeat.transport;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import jakarta.enterprise.context.ApplicationScoped;

/** Are our links to the transport up? Connectors say it; publishing waits for it, judging and readiness ask it. */
@ApplicationScoped
public class Links {
    /** Which way does a link carry heartbeats? */
    public enum Side {
        OUT,
        IN
    }

    /**
     * What do we know of one link?
     *
     * @param up whether heartbeats can pass
     * @param drained whether all that waited in the queue when the link came up has been delivered; only for IN
     * @param since when {@code up} became what it is, on our clock
     * @param detail why not up, or what is not as it should be although it is up; null when there is nothing to say
     * @param whole false while a part of what we shall read can not be read, although it is up: whoever asks whether we are
     *        ready must know, whoever judges silence need not
     */
    public record Status(boolean up, boolean drained, Instant since, String detail, boolean whole) {
        public Status(boolean up, boolean drained, Instant since, String detail) {
            this(up, drained, since, detail, true);
        }
    }

    private final Status[] statuses = new Status[Side.values().length];
    private final long[] losses = new long[Side.values().length];
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private record Listener(Side side, Consumer<Status> consumer) {
    }

    /** The newest status; null for a side that this mode does not use. */
    public synchronized Status status(Side side) {
        return statuses[side.ordinal()];
    }

    /** How often that side was up and then was not. */
    synchronized long losses(Side side) {
        return losses[side.ordinal()];
    }

    public void set(Side side, Status status) {
        synchronized (this) {
            Status former = statuses[side.ordinal()];
            losses[side.ordinal()] += former != null && former.up() && !status.up() ? 1 : 0;
            statuses[side.ordinal()] = status;
        }
        listeners.stream().filter(listener -> listener.side() == side).forEach(listener -> listener.consumer().accept(status));
    }

    /** Calls back at every change of that side, on the thread that reports it, and at once when a status is known. */
    public void listen(Side side, Consumer<Status> consumer) {
        listeners.add(new Listener(side, consumer));
        Status now = status(side);
        if (now != null) {
            consumer.accept(now);
        }
    }
}
