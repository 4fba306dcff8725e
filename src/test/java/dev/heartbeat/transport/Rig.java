package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.reactive.messaging.Message;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;

import dev.heartbeat.services.RabbitServer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;

/** Connector and broker as a test wants them: a vhost of its own, quick retries, messages sent and taken by hand. */
final class Rig implements AutoCloseable {
    static final String EXCHANGE = "beats";
    static final String QUEUE = "hb";
    static final String PARKED = "hb.parked";
    static final String KEY = "service.heartbeat";
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Vertx VERTX = Vertx.vertx();

    final RabbitServer server;
    final String vhost = "rig-" + UUID.randomUUID();
    final Links links = new Links();
    private final Map<String, String> settings = new HashMap<>();
    private RabbitConnector connector;

    Rig(RabbitServer server) {
        this.server = server;
        server.admin().vhost(vhost);
        with("port", server.port()).with("host", "localhost").with("vhost", vhost).with("exchange", EXCHANGE)
                .with("queue", QUEUE).with("first-retry", "50ms").with("longest-retry", "400ms");
    }

    static Rig shared() {
        return new Rig(RabbitServer.shared());
    }

    Rig with(String name, Object value) {
        settings.put("rabbitmq." + name, String.valueOf(value));
        return this;
    }

    static RabbitConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(RabbitConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100)).build().getConfigMapping(RabbitConfig.class);
    }

    RabbitConfig config() {
        return config(settings);
    }

    RabbitConnector connector() {
        if (connector == null) {
            RabbitConfig config = config();
            connector = new RabbitConnector(config, new Trust(VERTX, config), links, "test");
        }
        return connector;
    }

    /** The outgoing side, as the framework would drive it. */
    @SuppressWarnings("unchecked")
    Sender sender() {
        return new Sender((Flow.Subscriber<Message<byte[]>>) connector().getSubscriber(ConfigProvider.getConfig()));
    }

    /** The incoming side, as the framework would drive it, with that much demand. */
    @SuppressWarnings("unchecked")
    Receiver receiver(long demand) {
        Receiver receiver = new Receiver(demand);
        ((Flow.Publisher<Message<byte[]>>) connector().getPublisher(ConfigProvider.getConfig())).subscribe(receiver);
        return receiver;
    }

    Links.Status awaitStatus(Links.Side side, Predicate<Links.Status> expected) {
        await("status of " + side).atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10))
                .until(() -> links.status(side) != null && expected.test(links.status(side)));
        return links.status(side);
    }

    void awaitUp(Links.Side side) {
        awaitStatus(side, Links.Status::up);
    }

    /** Why that side is down, once it says more than that it has not yet tried. */
    String awaitDown(Links.Side side) {
        return awaitStatus(side, status -> !status.up() && !status.detail().contains("not connected yet")).detail();
    }

    interface Work<T> {
        T on(Channel channel) throws Exception;
    }

    /** Something on a channel of the test's own. */
    <T> T on(Work<T> work) {
        try (Connection connection = server.connect(vhost)) {
            return work.on(connection.createChannel());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    long ready(String queue) {
        return on(channel -> channel.messageCount(queue));
    }

    void awaitReady(String queue, long count) {
        await("messages ready in " + queue).atMost(PATIENCE).untilAsserted(() -> assertThat(ready(queue)).isEqualTo(count));
    }

    GetResponse take(String queue) {
        await("a message in " + queue).atMost(PATIENCE).until(() -> ready(queue) > 0);
        return on(channel -> channel.basicGet(queue, true));
    }

    private static void declareQueue(Channel channel) throws Exception {
        try (Channel other = channel.getConnection().createChannel()) {
            other.queueDeclarePassive(QUEUE);
        } catch (IOException e) {
            channel.queueDeclare(QUEUE, true, false, false, null);
        }
    }

    /** Puts messages into the queue, numbered from 0, each filled up to a size. */
    void fill(int count, int size) {
        on(channel -> {
            declareQueue(channel);
            channel.confirmSelect();
            for (int i = 0; i < count; i++) {
                channel.basicPublish("", QUEUE, null, body(i, size));
            }
            channel.waitForConfirmsOrDie(60_000);
            return null;
        });
    }

    /** As {@link #fill}, and a restart of the broker does not lose them. */
    void fillDurably(int count) {
        on(channel -> {
            channel.queueDeclare(QUEUE, true, false, false, null);
            channel.confirmSelect();
            for (int i = 0; i < count; i++) {
                channel.basicPublish("", QUEUE, MessageProperties.PERSISTENT_BASIC, body(i, 10));
            }
            return channel.waitForConfirms(60_000);
        });
    }

    static byte[] body(int number, int size) {
        byte[] digits = String.format("%06d", number).getBytes(StandardCharsets.US_ASCII);
        return Arrays.copyOf(digits, Math.max(size, digits.length));
    }

    static int number(byte[] body) {
        return Integer.parseInt(new String(body, 0, 6, StandardCharsets.US_ASCII));
    }

    void disconnect() {
        if (connector != null) {
            connector.close();
            connector = null;
        }
    }

    @Override
    public void close() {
        disconnect();
    }

    /** What becomes of what is sent? */
    static final class Sender implements Flow.Subscription {
        private final Flow.Subscriber<Message<byte[]>> subscriber;
        final AtomicInteger answers = new AtomicInteger();

        Sender(Flow.Subscriber<Message<byte[]>> subscriber) {
            this.subscriber = subscriber;
            subscriber.onSubscribe(this);
        }

        CompletableFuture<Void> send(byte[] body, Object... metadata) {
            CompletableFuture<Void> answer = new CompletableFuture<Void>().orTimeout(60, TimeUnit.SECONDS);
            subscriber.onNext(Message.of(body, List.of(metadata), () -> {
                answers.incrementAndGet();
                answer.complete(null);
                return CompletableFuture.completedFuture(null);
            }, cause -> {
                answers.incrementAndGet();
                answer.completeExceptionally(cause);
                return CompletableFuture.completedFuture(null);
            }));
            return answer;
        }

        @Override
        public void request(long n) {
            // Sent by hand.
        }

        @Override
        public void cancel() {
            // Never.
        }
    }
}
