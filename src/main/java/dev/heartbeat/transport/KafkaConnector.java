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

import dev.heartbeat.model.Route;
import dev.heartbeat.model.RowLayout;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;

/** What connects the channels to Kafka? ADR 0012 says why it is our own. Further routes are opened by {@link KafkaRoutes}. */
@ApplicationScoped
@Connector(KafkaConnector.NAME)
public class KafkaConnector implements InboundConnector, OutboundConnector {
    public static final String NAME = "heartbeat-kafka";

    private final KafkaCluster cluster;
    private final KafkaRoutes routes;
    private final Links links;
    private final List<KafkaOutbound> outbounds = new CopyOnWriteArrayList<>();

    public KafkaConnector(KafkaCluster cluster, KafkaRoutes routes, Links links) {
        this.cluster = cluster;
        this.routes = routes;
        this.links = links;
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config channel) {
        KafkaConfig config = cluster.config();
        return routes.open(new Route(config.topic(), config.groupId(), null, null, RowLayout.HEARTBEAT, true));
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
