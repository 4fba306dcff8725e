package dev.heartbeat.transport;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;

/** What connects the channels to RabbitMQ? One link for each side that is used. ADR 0002 says why it is our own. */
@ApplicationScoped
@Connector(RabbitConnector.NAME)
public class RabbitConnector implements InboundConnector, OutboundConnector {
    public static final String NAME = "heartbeat-rabbitmq";

    private final RabbitConfig config;
    private final Trust trust;
    private final Links links;
    private final String source;
    private final Clock clock = Clock.systemUTC();
    private final List<Parking> parkings = new CopyOnWriteArrayList<>();
    private final List<Inbound> inbounds = new CopyOnWriteArrayList<>();
    private final List<Runnable> closings = new CopyOnWriteArrayList<>();

    public RabbitConnector(RabbitConfig config, Trust trust, Links links,
            @ConfigProperty(name = "heartbeat.source", defaultValue = "publisher") String source) {
        this.config = config;
        this.trust = trust;
        this.links = links;
        this.source = source;
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config channel) {
        Dial dial = new Dial(config, trust, "heartbeat subscriber " + source);
        Parking parking = new Parking(config, new Dial(config, trust, "heartbeat parking " + source));
        Inbound inbound = new Inbound(config, clock, parking);
        RabbitLink link = new RabbitLink(config, dial, links, clock, inbound);
        parkings.add(parking);
        inbounds.add(inbound);
        closings.add(() -> {
            link.close();
            parking.close();
            inbound.close();
        });
        link.start();
        return inbound.messages();
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config channel) {
        Dial dial = new Dial(config, trust, "heartbeat publisher " + source);
        Outbound outbound = new Outbound(config);
        RabbitLink link = new RabbitLink(config, dial, links, clock, outbound);
        closings.add(() -> {
            link.close();
            outbound.close();
        });
        link.start();
        return outbound;
    }

    /** How many messages went to the parking queue since the start. */
    public long parked() {
        return parkings.stream().mapToLong(Parking::parked).sum();
    }

    /** How many messages were thrown away since the start because they could not be parked. */
    public long rejected() {
        return parkings.stream().mapToLong(Parking::rejected).sum();
    }

    /** How many bytes of messages are in our hands, not yet settled. */
    public long bytesInHand() {
        return inbounds.stream().mapToLong(inbound -> inbound.budget().bytes()).sum();
    }

    @PreDestroy
    void close() {
        closings.forEach(Runnable::run);
        closings.clear();
    }
}
