package dev.heartbeat.transport;

import java.time.Instant;

import dev.heartbeat.model.Position;

/**
 * How did a message come? Metadata of an incoming message, whose {@code ack()} settles it on the channel that it came from
 * (and does nothing once that channel is gone), and whose {@code nack(cause)} parks it with the cause as the reason.
 *
 * @param received on our clock
 * @param backlog whether it waited in the queue when the link came up
 * @param position where it stands in the transport's log; null where the transport has none
 * @param origin null where it is not known
 */
public record Delivery(Instant received, boolean backlog, Position position, Origin origin) {
    public Delivery(Instant received, boolean backlog, Position position) {
        this(received, backlog, position, null);
    }

    public Delivery(Instant received, boolean backlog) {
        this(received, backlog, null);
    }
}
