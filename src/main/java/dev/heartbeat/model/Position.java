package dev.heartbeat.model;

import java.util.Objects;

/** Where in a log of the transport does a record stand? Tells it from every other one, also when it comes again. */
public record Position(String topic, int partition, long offset) {
    public Position {
        Objects.requireNonNull(topic);
    }
}
