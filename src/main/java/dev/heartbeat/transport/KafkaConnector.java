package dev.heartbeat.transport;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

import io.smallrye.reactive.messaging.connector.OutboundConnector;

/** What connects the outgoing channel to Kafka? ADR 0012 says why it is our own. What is read comes by {@link KafkaRoutes}. */
@ApplicationScoped
@Connector(KafkaConnector.NAME)
public class KafkaConnector implements OutboundConnector {
    public static final String NAME = "heartbeat-kafka";

    private final KafkaCluster cluster;
    private final Links links;
    private final List<KafkaOutbound> outbounds = new CopyOnWriteArrayList<>();

    public KafkaConnector(KafkaCluster cluster, Links links) {
        this.cluster = cluster;
        this.links = links;
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config channel) {
        KafkaOutbound outbound = new KafkaOutbound(cluster, links, Clock.systemUTC());
        outbounds.add(outbound);
        outbound.start();
        return outbound;
    }

    @PreDestroy
    void close() {
        outbounds.forEach(KafkaOutbound::close);
        outbounds.clear();
    }
}
