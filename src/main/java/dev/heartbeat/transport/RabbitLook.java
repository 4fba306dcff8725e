package dev.heartbeat.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;

import dev.heartbeat.model.Leg;
import dev.heartbeat.model.Printable;
import dev.heartbeat.transport.Links.Side;

/**
 * What is there of exchange, queue and binding, and what may we do with them? Rights are asked for by requests that RabbitMQ
 * refuses in any case, after it has looked at the rights: so nothing changes, and the refusal tells. Other brokers, which may
 * look at things in another order, are not asked.
 */
final class RabbitLook {
    private static final String PRODUCT = "RabbitMQ";
    /** Of an exchange or queue no type of argument but text is possible here. */
    private static final int NO_NAME = 1;
    private static final String NEVER = "never";

    private final RabbitConfig config;
    private final Connection connection;
    private final Topology topology;
    private final boolean mayAsk;

    RabbitLook(RabbitConfig config, Connection connection) {
        this.config = config;
        this.connection = connection;
        this.topology = new Topology(config);
        this.mayAsk = PRODUCT.equals(String.valueOf(connection.getServerProperties().get("product")));
    }

    List<Leg> legs(Set<Side> sides) throws IOException, TimeoutException {
        List<Leg> legs = new ArrayList<>();
        legs.add(exchange(sides.contains(Side.OUT)));
        legs.add(queue("queue", config.queue(), sides.contains(Side.IN), "a start declares it (durable)"));
        if (mayAsk && config.declare() == RabbitConfig.Declare.AUTO) {
            legs.add(binding());
        }
        if (mayAsk && sides.contains(Side.OUT)) {
            legs.add(right("publish", "publish to exchange " + config.exchange(), true, this::publish));
        }
        if (sides.contains(Side.IN)) {
            if (mayAsk) {
                legs.add(right("consume", "read from queue " + config.queue(), true, this::consume));
            }
            legs.add(queue("parking", config.queue() + ".parked", false, "a start declares it (at most 64 MiB)"));
        }
        return legs;
    }

    private Leg exchange(boolean needed) throws IOException, TimeoutException {
        String name = config.exchange();
        return there("exchange", "exchange " + name, needed, "a start declares it (durable, of type topic)",
                channel -> channel.exchangeDeclarePassive(name),
                channel -> channel.exchangeDeclare(name, "topic", true, false, Map.of("alternate-exchange", NO_NAME)));
    }

    private Leg queue(String leg, String name, boolean needed, String then) throws IOException, TimeoutException {
        return there(leg, "queue " + name, needed, then, channel -> channel.queueDeclarePassive(name),
                channel -> channel.queueDeclare(name, true, false, false, Map.of("x-dead-letter-exchange", NO_NAME)));
    }

    private Leg there(String leg, String what, boolean needed, String then, Topology.Step look, Topology.Step impossible)
            throws IOException, TimeoutException {
        AMQP.Channel.Close refusal = Topology.attempt(connection, look);
        if (refusal == null) {
            return Leg.ok(leg, what + " exists");
        }
        if (refusal.getReplyCode() != Topology.ABSENT) {
            return Leg.warn(leg, what + " can not be looked at: " + Printable.text(refusal.getReplyText()));
        }
        if (config.declare() != RabbitConfig.Declare.AUTO) {
            return lacking(leg, needed, what + " does not exist, and RABBITMQ_DECLARE is not auto");
        }
        AMQP.Channel.Close answer = mayAsk ? Topology.attempt(connection, impossible) : null;
        return answer == null || answer.getReplyCode() == AMQP.PRECONDITION_FAILED
                ? Leg.warn(leg, what + " does not exist: " + then)
                : lacking(leg, needed, topology.undeclarable(what, answer));
    }

    private static Leg lacking(String leg, boolean needed, String words) {
        return needed ? Leg.fault(leg, words) : Leg.warn(leg, words);
    }

    /** Takes away a binding that there is not. */
    private Leg binding() throws IOException, TimeoutException {
        AMQP.Channel.Close refusal = Topology.attempt(connection, channel -> channel.queueUnbind(config.queue(),
                config.exchange(), "heartbeat-check-config-" + UUID.randomUUID()));
        return refusal == null || refusal.getReplyCode() == Topology.ABSENT
                ? Leg.ok("binding", "a start binds queue " + config.queue() + " to exchange " + config.exchange() + " with "
                        + Topology.routingKey(config) + ", if it is not yet")
                : Leg.warn("binding", topology.unbound(refusal));
    }

    private Leg right(String leg, String what, boolean needed, Topology.Step impossible) throws IOException, TimeoutException {
        AMQP.Channel.Close refusal = Topology.attempt(connection, impossible);
        return refusal != null && refusal.getReplyCode() == Topology.FORBIDDEN
                ? lacking(leg, needed, "user " + Printable.text(config.user()) + " may not " + what)
                : Leg.ok(leg, "user " + Printable.text(config.user()) + " may " + what);
    }

    /** A message that expires at no time that is one, of a user that is not ours, is none. */
    private void publish(Channel channel) throws IOException {
        AMQP.BasicProperties impossible = new AMQP.BasicProperties.Builder().expiration(NEVER).userId(config.user() + NEVER)
                .build();
        channel.basicPublish(config.exchange(), Topology.routingKey(config), impossible, new byte[0]);
        // Brings the refusal, which nobody waits for where a message was published.
        channel.exchangeDeclarePassive(config.exchange());
    }

    /** A priority that is no number. One message at most would be in our hands, and go back. */
    private void consume(Channel channel) throws IOException {
        channel.basicQos(1);
        channel.basicConsume(config.queue(), false, "", false, false, Map.of("x-priority", NEVER),
                new DefaultConsumer(channel));
    }
}
