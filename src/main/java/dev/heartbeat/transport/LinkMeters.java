package dev.heartbeat.transport;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

import org.eclipse.microprofile.reactive.messaging.spi.Connector;

import dev.heartbeat.transport.Links.Side;
import dev.heartbeat.transport.Links.Status;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** Are the links up, and what could not be read? As meters of what links and connectors know of themselves. */
@ApplicationScoped
public class LinkMeters {
    private final Links links;
    private final Instance<RabbitConnector> rabbit;
    private final Instance<KafkaRoutes> kafka;
    private final Instance<MemoryConnector> memory;

    LinkMeters(Links links, @Connector(RabbitConnector.NAME) Instance<RabbitConnector> rabbit, Instance<KafkaRoutes> kafka,
            @Connector(MemoryConnector.NAME) Instance<MemoryConnector> memory) {
        this.links = links;
        this.rabbit = rabbit;
        this.kafka = kafka;
        this.memory = memory;
    }

    /** @param connector the name of the connector that carries */
    public void register(Side side, String connector, MeterRegistry registry) {
        Tags tags = Tags.of("side", side.name().toLowerCase(Locale.ROOT), "transport",
                connector.substring(connector.indexOf('-') + 1));
        Gauge.builder("heartbeat.link.up", links, known -> isUp(known.status(side)) ? 1 : 0)
                .description("Whether heartbeats can pass").tags(tags).register(registry);
        FunctionCounter.builder("heartbeat.link.losses", links, known -> known.losses(side))
                .description("How often the link was up and then was not").tags(tags).register(registry);
        if (side == Side.IN) {
            refused(connector, registry);
        }
    }

    private static boolean isUp(Status status) {
        return status != null && status.up();
    }

    private void refused(String connector, MeterRegistry registry) {
        switch (connector) {
            case RabbitConnector.NAME -> {
                parked(rabbit.get(), RabbitConnector::parked, registry);
                rejected(rabbit.get(), RabbitConnector::rejected, registry);
            }
            case KafkaConnector.NAME -> {
                parked(kafka.get(), KafkaRoutes::parked, registry);
                rejected(kafka.get(), KafkaRoutes::rejected, registry);
            }
            default -> rejected(memory.get(), MemoryConnector::rejected, registry);
        }
    }

    private static <T> void parked(T owner, ToDoubleFunction<T> count, MeterRegistry registry) {
        FunctionCounter.builder("heartbeat.parked", owner, count)
                .description("Messages that were no heartbeats, and were put aside with the reason").register(registry);
    }

    private static <T> void rejected(T owner, ToDoubleFunction<T> count, MeterRegistry registry) {
        FunctionCounter.builder("heartbeat.rejected", owner, count)
                .description("Messages that were no heartbeats, and could not be put aside either").register(registry);
    }
}
