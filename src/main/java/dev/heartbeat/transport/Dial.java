package dev.heartbeat.transport;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;

import org.jboss.logging.Logger;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import com.rabbitmq.client.impl.StrictExceptionHandler;

/** How is the broker called? Every connection is made here, with the same trust, heartbeats and limits. */
final class Dial {
    private static final Logger LOG = Logger.getLogger(Dial.class);
    private static final int HEARTBEAT_SECONDS = 10;
    private static final int MEMORY_SHARE = 4;

    private final RabbitConfig config;
    private final Trust trust;
    private final String name;

    /** @param name shown in the broker's list of connections */
    Dial(RabbitConfig config, Trust trust, String name) {
        this.config = config;
        this.trust = trust;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** @param work runs the callbacks of consumers; its single thread keeps their order */
    Connection connect(ExecutorService work) throws IOException, TimeoutException {
        RabbitAddress address = RabbitAddress.of(config);
        ConnectionFactory factory = new Sieving();
        factory.setHost(address.host());
        factory.setPort(address.port());
        factory.setUsername(config.user());
        factory.setPassword(config.pass());
        factory.setVirtualHost(config.vhost());
        limit(factory);
        // The client's own recovery would redeclare on its own terms and hide which channel a tag belongs to.
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setSharedExecutor(work);
        factory.setThreadFactory(daemons("heartbeat-rabbitmq-io"));
        factory.setExceptionHandler(new Quiet());
        if (address.tls()) {
            factory.useSslProtocol(trust.sslContext());
            factory.enableHostnameVerification();
        }
        return factory.newConnection(name);
    }

    private void limit(ConnectionFactory factory) {
        int timeout = Math.toIntExact(config.connectTimeout().toMillis());
        factory.setConnectionTimeout(timeout);
        factory.setHandshakeTimeout(timeout);
        factory.setChannelRpcTimeout(timeout * 2);
        factory.setShutdownTimeout(timeout);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
    }

    static ExecutorService single(String name) {
        return Executors.newSingleThreadExecutor(daemons(name));
    }

    static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name.toLowerCase(Locale.ROOT));
            thread.setDaemon(true);
            return thread;
        };
    }

    /** How large a body may be that is looked at in one piece: what the parking queue holds, or what our memory allows. */
    static long largestBody(RabbitConfig config) {
        long bearable = Math.max(config.maxMessageBytes().asLongValue() * 2, Runtime.getRuntime().maxMemory() / MEMORY_SHARE);
        return Math.min(Parkway.MOST_BYTES - 1, bearable);
    }

    private final class Sieving extends ConnectionFactory {
        @Override
        protected synchronized FrameHandlerFactory createFrameHandlerFactory() throws IOException {
            FrameHandlerFactory plain = super.createFrameHandlerFactory();
            return (broker, connection) -> new Sieve(plain.create(broker, connection), largestBody(config));
        }
    }

    /** What breaks a connection is told once, in words, by its link; the client's own lines say it again with a stack. */
    private static final class Quiet extends StrictExceptionHandler {
        @Override
        protected void log(String message, Throwable cause) {
            LOG.debug(message, cause);
        }
    }
}
