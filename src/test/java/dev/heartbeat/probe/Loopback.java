package dev.heartbeat.probe;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Which sockets does a test probe? Listeners that accept, that swallow every connect, and addresses without any. */
final class Loopback implements Closeable {
    private final List<Closeable> open = new ArrayList<>();

    /** Accepts in the kernel; nobody ever reads. */
    ServerSocket listener(String address) throws IOException {
        ServerSocket listener = new ServerSocket();
        open.add(listener);
        listener.bind(new InetSocketAddress(InetAddress.getByName(address), 0), 4096);
        return listener;
    }

    /** A listener whose queue is full: the kernel drops every further SYN, as a firewall would. */
    InetSocketAddress hole(String address, int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        open.add(listener);
        listener.bind(new InetSocketAddress(InetAddress.getByName(address), port), 1);
        for (int i = 0; i < 4; i++) {
            SocketChannel filler = SocketChannel.open();
            open.add(filler);
            filler.configureBlocking(false);
            filler.connect(listener.getLocalSocketAddress());
        }
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        for (Closeable socket : open) {
            socket.close();
        }
    }
}
