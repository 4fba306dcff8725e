package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.reactive.messaging.Message;

import dev.heartbeat.model.Route;
import dev.heartbeat.model.RowLayout;
import dev.heartbeat.services.KafkaServer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Connector and broker as a test wants them: a topic of its own, records sent and taken by hand. */
final class KafkaRig implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(40);

    final KafkaServer server;
    final String topic = KafkaServer.name();
    final String group = "group-of-" + topic;
    final Links links = new Links();
    private final Map<String, String> settings = new HashMap<>();
    private KafkaCluster cluster;
    private KafkaRoutes routes;
    private KafkaConnector connector;

    KafkaRig(KafkaServer server) {
        this.server = server;
        with("bootstrap-servers", server.address()).with("topic", topic).with("group-id", group);
    }

    static KafkaRig shared() {
        return new KafkaRig(KafkaServer.shared());
    }

    KafkaRig with(String name, Object value) {
        settings.put("kafka." + name, String.valueOf(value));
        return this;
    }

    KafkaRig partitions(int count) {
        server.admin().create(topic, count);
        return this;
    }

    KafkaConfig config() {
        return config(settings);
    }

    static KafkaConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(KafkaConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100)).build().getConfigMapping(KafkaConfig.class);
    }

    KafkaConnector connector() {
        if (connector == null) {
            cluster = new KafkaCluster(config());
            routes = new KafkaRoutes(cluster, links);
            connector = new KafkaConnector(cluster, links);
        }
        return connector;
    }

    KafkaRoutes routes() {
        connector();
        return routes;
    }

    /** The outgoing side, as the framework would drive it. */
    @SuppressWarnings("unchecked")
    Rig.Sender sender() {
        return new Rig.Sender((Flow.Subscriber<Message<byte[]>>) connector().getSubscriber(ConfigProvider.getConfig()));
    }

    /** As {@link #sender()}, once there is a link. */
    Rig.Sender linked() {
        Rig.Sender sender = sender();
        awaitUp(Links.Side.OUT);
        return sender;
    }

    /** The route of the settings, with that much demand. */
    Receiver receiver(long demand) {
        return receiver(config().groupId(), true, demand);
    }

    /** A further route on the same topic. */
    Receiver receiver(String ofGroup, boolean states, long demand) {
        Receiver receiver = new Receiver(demand);
        routes().open(new Route(config().topic(), ofGroup, null, "t", RowLayout.HEARTBEAT, states)).subscribe(receiver);
        return receiver;
    }

    static CompletableFuture<Void> send(Rig.Sender sender, String id, LogRecord... records) {
        return sender.send(new byte[0], new Envelope(id, Instant.now(), "application/json", List.of(records)));
    }

    static LogRecord record(String key, int number) {
        return new LogRecord(null, key, Rig.body(number, 10));
    }

    /** Puts records into the topic, numbered from 0, a key for each. */
    void fill(int from, int count) {
        server.admin().produce(IntStream.range(from, from + count)
                .mapToObj(i -> new ProducerRecord<>(topic, "key-" + i, Rig.body(i, 10))).toList());
    }

    List<Integer> numbers(String ofTopic) {
        return server.admin().records(ofTopic).stream().map(record -> Rig.number(record.value())).toList();
    }

    Links.Status awaitStatus(Links.Side side, Predicate<Links.Status> expected) {
        await("status of " + side).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10))
                .until(() -> links.status(side) != null && expected.test(links.status(side)));
        return links.status(side);
    }

    void awaitUp(Links.Side side) {
        awaitStatus(side, Links.Status::up);
    }

    void awaitDrained() {
        awaitStatus(Links.Side.IN, status -> status.up() && status.drained());
    }

    String awaitDown(Links.Side side) {
        return awaitStatus(side, status -> !status.up() && !status.detail().contains("not connected yet")).detail();
    }

    void awaitCommitted(long sum) {
        await("commits").atMost(PATIENCE).untilAsserted(() -> assertThat(committed()).isEqualTo(sum));
    }

    /** Over all partitions. */
    long committed() {
        return server.admin().committed(group, topic).values().stream().mapToLong(Long::longValue).sum();
    }

    void disconnect() {
        if (connector != null) {
            connector.close();
            routes.close();
            cluster.close();
            connector = null;
        }
    }

    /** Another process that reads the same. */
    KafkaRig other() {
        KafkaRig other = new KafkaRig(server);
        other.settings.putAll(settings);
        return other;
    }

    static List<Integer> all(Receiver... receivers) {
        List<Integer> all = new ArrayList<>();
        for (Receiver receiver : receivers) {
            all.addAll(receiver.numbers());
        }
        return all;
    }

    @Override
    public void close() {
        disconnect();
    }
}
