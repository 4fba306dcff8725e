package dev.heartbeat.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * How fast does an address accept a connection? One thread asks all addresses side by side and closes every socket as soon as
 * it has told. ADR 0004 says why.
 */
@Singleton
class TcpConnector {
    private static final Logger LOG = Logger.getLogger(TcpConnector.class);
    /** How many connects are begun before those under way are looked after: a begun one must not wait to be timed. */
    private static final int BATCH = 64;

    private final Queue<TcpConnect> handed = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile boolean closed;
    private Selector selector;

    /** The time that the connect takes. Answers on the connector's only thread, which a subscriber must not block. */
    Uni<Duration> connect(InetSocketAddress address) {
        return Uni.createFrom().emitter(emitter -> {
            TcpConnect connect = new TcpConnect(address, emitter);
            emitter.onTermination(() -> abandon(connect));
            hand(connect);
        });
    }

    @PreDestroy
    void close() {
        closed = true;
        synchronized (this) {
            if (selector != null) {
                selector.wakeup();
            }
        }
    }

    private void abandon(TcpConnect connect) {
        if (connect.abandon()) {
            hand(connect);
        }
    }

    private void hand(TcpConnect connect) {
        handed.add(connect);
        Selector awake = running();
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            awake.wakeup();
        }
    }

    private synchronized Selector running() {
        if (selector == null) {
            try {
                selector = Selector.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread thread = new Thread(this::run, "heartbeat-tcp");
            thread.setDaemon(true);
            thread.start();
        }
        return selector;
    }

    private void run() {
        Selector own = running();
        while (!closed) {
            try {
                beginSome(own);
                lookAfter(own);
            } catch (IOException | RuntimeException e) {
                LOG.error("A TCP probe failed in a way that nobody foresaw", e);
            }
        }
        closeAll(own);
    }

    private void beginSome(Selector own) {
        TcpConnect connect;
        for (int begun = 0; begun < BATCH && (connect = handed.poll()) != null; begun++) {
            connect.proceed(own);
        }
    }

    private void lookAfter(Selector own) throws IOException {
        asleep.set(true);
        if (handed.isEmpty()) {
            own.select(TcpConnector::finish);
        } else if (!own.keys().isEmpty()) {
            own.selectNow(TcpConnector::finish);
        }
        asleep.set(false);
    }

    private static void finish(SelectionKey key) {
        ((TcpConnect) key.attachment()).finish();
    }

    private static void closeAll(Selector own) {
        own.keys().forEach(key -> ((TcpConnect) key.attachment()).close());
        try {
            own.close();
        } catch (IOException e) {
            LOG.debug("The selector did not close", e);
        }
    }
}
