package dev.heartbeat.probe;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

import io.smallrye.mutiny.subscription.UniEmitter;

/** How far is one connect? All but {@link #abandon} runs on the connector's thread. */
final class TcpConnect {
    private final InetSocketAddress address;
    private final UniEmitter<? super Duration> emitter;
    private volatile boolean over;
    private SocketChannel channel;
    private long began;

    TcpConnect(InetSocketAddress address, UniEmitter<? super Duration> emitter) {
        this.address = address;
        this.emitter = emitter;
    }

    /** Whether there was anything left to abandon. */
    boolean abandon() {
        boolean under = !over;
        over = true;
        return under;
    }

    /** Begins, or ends what was abandoned. */
    void proceed(Selector selector) {
        if (over) {
            close();
            return;
        }
        try {
            channel = SocketChannel.open(address.getAddress() instanceof Inet4Address ? StandardProtocolFamily.INET
                    : StandardProtocolFamily.INET6);
            channel.configureBlocking(false);
            began = System.nanoTime();
            // An address of this machine has answered by the time connect returns: the second look saves the selector's work.
            if (channel.connect(address) || channel.finishConnect()) {
                accepted();
            } else {
                channel.register(selector, SelectionKey.OP_CONNECT, this);
            }
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    /** The selector says that the connect has ended. */
    void finish() {
        if (over) {
            close();
            return;
        }
        try {
            if (channel.finishConnect()) {
                accepted();
            }
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // The descriptor is gone either way.
            }
        }
    }

    private void accepted() {
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        over = true;
        close();
        emitter.complete(took);
    }

    private void failed(Exception failure) {
        over = true;
        close();
        emitter.fail(failure);
    }
}
