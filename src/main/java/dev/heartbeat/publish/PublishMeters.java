package dev.heartbeat.publish;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What becomes of the heartbeats that are made here? As meters of what the waiting room counts. */
@ApplicationScoped
public class PublishMeters {
    private final Publisher publisher;

    PublishMeters(Publisher publisher) {
        this.publisher = publisher;
    }

    public void register(MeterRegistry registry) {
        WaitingRoom room = publisher.room();
        FunctionCounter.builder("heartbeat.sent", room, WaitingRoom::tries)
                .description("Heartbeats handed to the transport, again included").register(registry);
        FunctionCounter.builder("heartbeat.confirmed", room, WaitingRoom::sent)
                .description("Heartbeats that the transport has confirmed").register(registry);
        FunctionCounter.builder("heartbeat.dropped", room, WaitingRoom::dropped)
                .description("Heartbeats that gave way to newer ones while the link was down").register(registry);
        Gauge.builder("heartbeat.waiting", room, WaitingRoom::size)
                .description("Heartbeats that wait, the one on its way included").register(registry);
        Gauge.builder("heartbeat.waiting.bytes", room, WaitingRoom::bytes).baseUnit("bytes")
                .description("Size of the heartbeats that wait").register(registry);
    }
}
