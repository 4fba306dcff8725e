package dev.heartbeat.transport;

import java.time.Instant;

/**
 * How did a message come? Metadata of an incoming message, whose {@code ack()} settles it on the channel that it came from
 * (and does nothing once that channel is gone), and whose {@code nack(cause)} parks it with the cause as the reason.
 *
 * @param received on our clock
 * @param backlog whether it waited in the queue when the link came up
 */
public record Delivery(Instant received, boolean backlog) {
}
