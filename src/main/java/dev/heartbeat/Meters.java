package dev.heartbeat;

import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

import dev.heartbeat.publish.PublishMeters;
import dev.heartbeat.transport.LinkMeters;
import dev.heartbeat.transport.Links.Side;
import dev.heartbeat.web.StateMeters;
import dev.heartbeat.web.WebMeters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.prometheus.client.CollectorRegistry;

/** Which meters belong to this mode? What a mode does not do is not at /q/metrics; what begins by itself registers its own. */
@ApplicationScoped
class Meters {
    private final MeterRegistry registry;
    private final CollectorRegistry collectors;
    private final LinkMeters links;
    private final Instance<PublishMeters> publishing;
    private final StateMeters states;
    private final WebMeters web;

    Meters(MeterRegistry registry, CollectorRegistry collectors, LinkMeters links, Instance<PublishMeters> publishing,
            StateMeters states, WebMeters web) {
        this.registry = registry;
        this.collectors = collectors;
        this.links = links;
        this.publishing = publishing;
        this.states = states;
        this.web = web;
    }

    void register(Start start) {
        String stores = start.stores().stream().map(Store::word).collect(Collectors.joining(","));
        Gauge.builder("heartbeat.info", () -> 1).description("What runs: always 1")
                .tags(Tags.of("version", Version.of(), "mode", start.mode().word(), "transport", start.transport().word(),
                        "store", stores.isEmpty() ? "none" : stores))
                .register(registry);
        if (start.mode().probes()) {
            links.register(Side.OUT, start.transport().connector(), registry);
            publishing.get().register(registry);
        }
        if (start.mode().subscribes()) {
            links.register(Side.IN, start.transport().connector(), registry);
        }
        states.register(collectors);
        web.register(registry);
    }
}
