package dev.heartbeat.model;

import java.time.Instant;
import java.util.Objects;

/**
 * What came in, and when?
 *
 * @param received on our clock
 * @param backlog whether it waited in the queue before we began to listen, so that its coming now proves nothing of now
 * @param print tells bodies apart: equal for a redelivery of the same body
 */
public record Heard(Heartbeat heartbeat, Instant received, boolean backlog, long print) {
    public Heard {
        Objects.requireNonNull(heartbeat);
        Objects.requireNonNull(received);
    }
}
