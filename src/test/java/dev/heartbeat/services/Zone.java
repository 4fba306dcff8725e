package dev.heartbeat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;

/**
 * What belongs to one deployment? A vhost of a broker, a Redis of its own, a folder, and both roles with the variables of PH
 * and
 * what a test adds. All of it ends with the zone.
 */
public final class Zone implements AutoCloseable {
    public static final String EXCHANGE = "my_topic_exchange";
    public static final String QUEUE = "my_queue";
    public static final String ROUTING_KEY = "service.heartbeat";
    private static final int CONFIRM_MILLIS = 20_000;

    private final RabbitServer broker;
    private final RedisServer redis;
    private final String vhost;
    private final Path folder;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<Runnable> endings = new ArrayList<>();
    private int programs;
    private Channel channel;

    private Zone(RabbitServer broker, String vhost, RedisServer redis, Path folder) {
        this.broker = broker;
        this.vhost = vhost;
        this.redis = redis;
        this.folder = folder;
    }

    /** In a vhost of its own. */
    public static Zone of(RabbitServer broker, Path folder) {
        String vhost = "zone-" + UUID.randomUUID();
        broker.admin().vhost(vhost);
        return new Zone(broker, vhost, RedisServer.start(), folder);
    }

    /** In a vhost that there is, with a Redis that the zone owns from now on. */
    public static Zone of(RabbitServer broker, String vhost, RedisServer redis, Path folder) {
        return new Zone(broker, vhost, redis, folder);
    }

    /** Sets a variable for every program that starts from now on. */
    public Zone with(String variable, Object value) {
        variables.put(variable, String.valueOf(value));
        return this;
    }

    public RabbitServer broker() {
        return broker;
    }

    public String vhost() {
        return vhost;
    }

    public RedisServer redis() {
        return redis;
    }

    public RedisAdmin keys() {
        return redis.admin();
    }

    public Path folder() {
        return folder;
    }

    /**
     * A publisher of these targets: PH's JSON under PH's variable, anything else as our own file. More are names and values.
     */
    public Program publisher(String targets, String... more) {
        boolean isPh = targets.stripLeading().startsWith("{");
        Path file = folder.resolve("targets-" + programs + (isPh ? ".json" : ".yaml"));
        try {
            Files.writeString(file, targets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> environment = environment("publisher");
        environment.put(isPh ? "PUBLISHER_CONFIG_PATH" : "TARGETS_FILE", file.toString());
        return start(environment, more);
    }

    public Program subscriber(String... more) {
        Map<String, String> environment = environment("subscriber");
        environment.put("REDIS_HOST", "127.0.0.1");
        environment.put("REDIS_PORT", String.valueOf(redis.port()));
        environment.put("REDIS_DB", "0");
        return start(environment, more);
    }

    private Map<String, String> environment(String mode) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HEARTBEAT_MODE", mode);
        environment.put("RABBITMQ_HOST", "localhost");
        environment.put("RABBITMQ_PORT", String.valueOf(broker.port()));
        environment.put("RABBITMQ_USER", "guest");
        environment.put("RABBITMQ_PASS", "guest");
        environment.put("RABBITMQ_VHOST", vhost);
        environment.put("RABBITMQ_EXCHANGE", EXCHANGE);
        environment.put("RABBITMQ_QUEUE", QUEUE);
        environment.put("RABBITMQ_ROUTING_KEY", ROUTING_KEY);
        if (mode.equals("publisher")) {
            environment.put("RABBITMQ_MANAGEMENT_PORT", String.valueOf(broker.managementPort()));
        }
        return environment;
    }

    private Program start(Map<String, String> environment, String... more) {
        environment.putAll(variables);
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        Program program = Program.start(folder, environment);
        programs++;
        endings.add(program::close);
        return program;
    }

    /** Is called when the zone ends, before whatever began earlier. */
    public void atTheEnd(Runnable ending) {
        endings.add(ending);
    }

    /** The test's own channel; confirms are on. */
    public Channel channel() throws Exception {
        if (channel == null || !channel.isOpen()) {
            Connection connection = broker.connect(vhost);
            endings.add(connection::abort);
            channel = connection.createChannel();
            channel.confirmSelect();
        }
        return channel;
    }

    /** Exchange, queue and binding, as either role would make them. */
    public Zone declare() throws Exception {
        broker.admin().exchange(vhost, EXCHANGE, "topic");
        broker.admin().queue(vhost, QUEUE, Map.of());
        broker.admin().bind(vhost, EXCHANGE, QUEUE, ROUTING_KEY);
        return this;
    }

    /** Puts a message where a publisher would; the broker has it once a later one is {@link #publish published}. */
    public void send(byte[] body) throws Exception {
        channel().basicPublish(EXCHANGE, ROUTING_KEY, MessageProperties.PERSISTENT_BASIC, body);
    }

    /** Puts a message where a publisher would; the broker has it, and all before it, when this returns. */
    public void publish(byte[] body) throws Exception {
        send(body);
        channel().waitForConfirmsOrDie(CONFIRM_MILLIS);
    }

    /** A queue with a consumer, as a service that is watched has it. */
    public void attend(String queue, String tag) throws Exception {
        broker.admin().queue(vhost, queue, Map.of());
        channel().basicConsume(queue, true, tag, (consumer, message) -> {
        }, consumer -> {
        });
    }

    /** What was heard by nobody yet: ready for delivery. */
    public long waiting() throws Exception {
        return channel().messageCount(QUEUE);
    }

    /** What the broker still answers for, delivered or not; as old as its statistics, which are one second apart. */
    public long unsettled() {
        return broker.admin().queue(vhost, QUEUE).path("messages").asLong();
    }

    @Override
    public void close() {
        Collections.reverse(endings);
        endings.forEach(Runnable::run);
        redis.close();
    }
}
