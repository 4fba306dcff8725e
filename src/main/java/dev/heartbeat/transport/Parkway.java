package dev.heartbeat.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;

/**
 * How does a message get to the parking queue? On a connection of its own, made when it is first needed: a broker that is short
 * of memory stops reading connections that publish, and the acknowledgements that would relieve it must still get through.
 */
final class Parkway implements AutoCloseable {
    static final String REASON = "x-heartbeat-reason";
    private static final int PERSISTENT = 2;

    /** The parking queue's bound; beyond it the oldest are dropped. */
    static final long MOST_BYTES = 64L << 20;
    private static final int ATTEMPTS = 2;

    private final RabbitConfig config;
    private final Dial dial;
    private final Topology topology;
    private final String queue;
    private final ExecutorService work = Dial.single("heartbeat-rabbitmq-parking-work");
    private volatile Connection connection;
    private volatile Channel channel;
    private volatile boolean blocked;
    private volatile boolean returned;

    Parkway(RabbitConfig config, Dial dial) {
        this.config = config;
        this.dial = dial;
        this.topology = new Topology(config);
        this.queue = config.queue() + ".parked";
    }

    /** Declares the queue where it is absent; answers why there can be none, or null. */
    String prepare(Connection open) throws IOException, TimeoutException {
        List<String> troubles = new ArrayList<>();
        boolean there = config.declare() == RabbitConfig.Declare.OFF
                || topology.queue(open, queue, Map.of("x-max-length-bytes", MOST_BYTES), troubles);
        return there ? null : String.join("; ", troubles);
    }

    /** Whether the queue has it; false when there is no such queue, or it takes no more. */
    boolean take(Arrival arrival, String reason) throws IOException, TimeoutException {
        try {
            AMQP.BasicProperties properties = properties(arrival.properties(), reason);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Channel open = channel();
                returned = false;
                open.basicPublish("", queue, true, properties, arrival.body());
                boolean confirmed = isConfirmed(open);
                if (!returned) {
                    return confirmed;
                }
                // The queue was deleted: a new connection declares it again.
                drop();
            }
            return false;
        } catch (IOException | TimeoutException | RuntimeException e) {
            drop();
            throw e;
        }
    }

    /** A broker that accepts nothing for now is waited for: what it was sent it will take. */
    private boolean isConfirmed(Channel open) throws TimeoutException, IOException {
        while (true) {
            try {
                return open.waitForConfirms(config.confirmTimeout().toMillis());
            } catch (TimeoutException e) {
                if (!blocked) {
                    throw e;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    /** What the broker said when it would not take this one message; null when it is the connection that failed. */
    static AMQP.Channel.Close refusal(Exception failure) {
        Throwable cause = failure instanceof ShutdownSignalException ? failure : failure.getCause();
        return cause instanceof ShutdownSignalException shutdown
                && shutdown.getReason() instanceof AMQP.Channel.Close close ? close : null;
    }

    @Override
    public void close() {
        drop();
        work.shutdown();
    }

    private Channel channel() throws IOException, TimeoutException {
        if (channel == null) {
            connection = dial.connect(work);
            blocked = false;
            connection.addBlockedListener(reason -> blocked = true, () -> blocked = false);
            prepare(connection);
            channel = connection.openChannel().orElseThrow(() -> new IOException("no channel is free"));
            channel.addReturnListener(message -> returned = true);
            channel.confirmSelect();
        }
        return channel;
    }

    private void drop() {
        Connection former = connection;
        channel = null;
        connection = null;
        if (former != null) {
            former.abort(Math.toIntExact(config.connectTimeout().toMillis()));
        }
    }

    /** As they were, but for what would expire it, copy it elsewhere or have the broker refuse it in another user's name. */
    private static AMQP.BasicProperties properties(AMQP.BasicProperties original, String reason) {
        Map<String, Object> headers = new HashMap<>();
        if (original.getHeaders() != null) {
            headers.putAll(original.getHeaders());
        }
        headers.remove("CC");
        headers.remove("BCC");
        headers.put(REASON, reason);
        return original.builder().headers(headers).deliveryMode(PERSISTENT).expiration(null).userId(null).build();
    }
}
