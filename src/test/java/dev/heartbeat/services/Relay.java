package dev.heartbeat.services;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** What passes between a program and a service, and must all of it pass? A port in between, with gates that a test makes. */
public final class Relay implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final ServerSocket server;
    private final int target;
    private final Supplier<Gates> gates;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Passes on what it is given, all of it or less; a failure ends the connection. */
    public interface Gate {
        void pass(byte[] bytes, OutputStream on) throws IOException;
    }

    /** The two directions of one connection. */
    public record Gates(Gate toService, Gate toProgram) {
        /** Everything passes. */
        public static Gates open() {
            return new Gates((bytes, on) -> on.write(bytes), (bytes, on) -> on.write(bytes));
        }
    }

    private Relay(int target, Supplier<Gates> gates) {
        this.target = target;
        this.gates = gates;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param gates is asked for a pair per connection */
    public static Relay to(int port, Supplier<Gates> gates) {
        Relay relay = new Relay(port, gates);
        thread(relay::accept);
        return relay;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Breaks all connections off; whoever connects again is let through. */
    public void cut() {
        List<Socket> all = List.copyOf(sockets);
        sockets.removeAll(all);
        for (Socket socket : all) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void accept() {
        try {
            while (true) {
                connect(server.accept());
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void connect(Socket program) throws IOException {
        Socket service;
        try {
            service = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            program.close();
            return;
        }
        sockets.addAll(List.of(program, service));
        Gates own = gates.get();
        thread(() -> pump(program, service, own.toService()));
        thread(() -> pump(service, program, own.toProgram()));
    }

    private static void pump(Socket from, Socket to, Gate gate) {
        try (from; to) {
            InputStream in = from.getInputStream();
            byte[] chunk = new byte[CHUNK];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                gate.pass(Arrays.copyOf(chunk, length), to.getOutputStream());
            }
        } catch (IOException e) {
            // One end is gone, or the gate was shut: the other end sees it.
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
