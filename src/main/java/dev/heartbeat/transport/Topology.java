package dev.heartbeat.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;

import dev.heartbeat.model.Printable;

/**
 * Is there all that heartbeats pass through? Exchange, queue and binding are declared where they are absent and we may;
 * what exists is used as it is, whatever its type or arguments.
 */
final class Topology {
    static final int FORBIDDEN = 403;
    static final int ABSENT = 404;

    private final RabbitConfig config;

    /**
     * What was found?
     *
     * @param exchange whether there is something to publish to, as far as we can know
     * @param queue whether there is something to consume from, as far as we can know
     * @param detail what is not as it should be, in words; null when all is well
     */
    record Found(boolean exchange, boolean queue, String detail) {
    }

    /** Something to do on a channel, which is closed by the broker when it is refused. */
    interface Step {
        void on(Channel channel) throws IOException;
    }

    Topology(RabbitConfig config) {
        this.config = config;
    }

    static String routingKey(RabbitConfig config) {
        return config.routingKey().isBlank() ? config.queue() : config.routingKey();
    }

    Found verify(Connection connection) throws IOException, TimeoutException {
        if (config.declare() == RabbitConfig.Declare.OFF) {
            return new Found(true, true, null);
        }
        List<String> troubles = new ArrayList<>();
        String exchange = config.exchange();
        boolean hasExchange = exists(connection, "exchange " + exchange, troubles,
                channel -> channel.exchangeDeclarePassive(exchange),
                channel -> channel.exchangeDeclare(exchange, BuiltinExchangeType.TOPIC, true));
        boolean hasQueue = queue(connection, config.queue(), Map.of(), troubles);
        if (hasExchange && hasQueue && config.declare() == RabbitConfig.Declare.AUTO) {
            bind(connection, troubles);
        }
        return new Found(hasExchange, hasQueue, troubles.isEmpty() ? null : String.join("; ", troubles));
    }

    /** Whether that durable queue exists, if need be from now on. */
    boolean queue(Connection connection, String name, Map<String, Object> arguments, List<String> troubles)
            throws IOException, TimeoutException {
        return exists(connection, "queue " + name, troubles, channel -> channel.queueDeclarePassive(name),
                channel -> channel.queueDeclare(name, true, false, false, arguments));
    }

    private boolean exists(Connection connection, String what, List<String> troubles, Step look, Step declare)
            throws IOException, TimeoutException {
        AMQP.Channel.Close refusal = attempt(connection, look);
        if (refusal == null) {
            return true;
        }
        if (refusal.getReplyCode() != ABSENT) {
            troubles.add(what + " can not be looked at: " + Printable.text(refusal.getReplyText()));
            return true;
        }
        if (config.declare() != RabbitConfig.Declare.AUTO) {
            troubles.add(what + " does not exist, and RABBITMQ_DECLARE is not auto");
            return false;
        }
        return declared(connection, what, troubles, declare);
    }

    private boolean declared(Connection connection, String what, List<String> troubles, Step declare)
            throws IOException, TimeoutException {
        AMQP.Channel.Close refusal = attempt(connection, declare);
        if (refusal == null || refusal.getReplyCode() == AMQP.PRECONDITION_FAILED) {
            return true;
        }
        troubles.add(undeclarable(what, refusal));
        return false;
    }

    /** Why what is absent stays so. */
    String undeclarable(String what, AMQP.Channel.Close refusal) {
        return what + " does not exist, and " + (refusal.getReplyCode() == FORBIDDEN
                ? "user " + Printable.text(config.user()) + " may not declare it"
                : "can not be declared: " + Printable.text(refusal.getReplyText()));
    }

    private void bind(Connection connection, List<String> troubles) throws IOException, TimeoutException {
        AMQP.Channel.Close refusal = attempt(connection,
                channel -> channel.queueBind(config.queue(), config.exchange(), routingKey(config)));
        if (refusal != null) {
            troubles.add(unbound(refusal));
        }
    }

    /** What follows from a binding that was refused. */
    String unbound(AMQP.Channel.Close refusal) {
        return "whether queue " + config.queue() + " is bound to exchange " + config.exchange() + " is not known: "
                + (refusal.getReplyCode() == FORBIDDEN ? "user " + Printable.text(config.user()) + " may not bind it"
                        : Printable.text(refusal.getReplyText()));
    }

    /** Null when it was done; else why the broker refused. Every step has a channel of its own, since a refusal closes it. */
    static AMQP.Channel.Close attempt(Connection connection, Step step) throws IOException, TimeoutException {
        Channel channel = connection.openChannel().orElseThrow(() -> new IOException("no channel is free"));
        try {
            step.on(channel);
            channel.close();
            return null;
        } catch (IOException | AlreadyClosedException e) {
            Throwable cause = e instanceof IOException ? e.getCause() : e;
            if (cause instanceof ShutdownSignalException shutdown
                    && shutdown.getReason() instanceof AMQP.Channel.Close close) {
                return close;
            }
            throw e;
        }
    }
}
