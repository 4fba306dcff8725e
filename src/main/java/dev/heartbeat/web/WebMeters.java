package dev.heartbeat.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Who looks, and who was sent away? As meters. */
@ApplicationScoped
public class WebMeters {
    private final Serving serving;
    private final WebConfig config;
    private final Entrance entrance;
    private final Instance<EventsRoute> events;

    WebMeters(Serving serving, WebConfig config, Entrance entrance, Instance<EventsRoute> events) {
        this.serving = serving;
        this.config = config;
        this.entrance = entrance;
        this.events = events;
    }

    public void register(MeterRegistry registry) {
        if (config.user().isPresent()) {
            FunctionCounter.builder("heartbeat.logins.refused", entrance, Entrance::refused)
                    .description("Requests with a wrong user or password").register(registry);
        }
        if (serving.state()) {
            Gauge.builder("heartbeat.event.streams", events.get(), EventsRoute::streams)
                    .description("Event streams that are open").register(registry);
        }
    }
}
