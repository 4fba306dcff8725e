package dev.heartbeat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Does anybody answer at a port? A test opens it, shuts it, and opens it again; whoever connects while it is open gets in. */
public final class Door implements AutoCloseable {
    private final int port;
    private ServerSocket socket;

    private Door(int port) {
        this.port = port;
    }

    public static Door open() {
        Door door = closed();
        door.openAgain();
        return door;
    }

    public static Door closed() {
        return new Door(Ports.free());
    }

    public int port() {
        return port;
    }

    public synchronized void openAgain() {
        try {
            socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            ServerSocket open = socket;
            Thread porter = new Thread(() -> letIn(open), "door-" + port);
            porter.setDaemon(true);
            porter.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without this the system's queue of waiting visitors would fill, and the door would look shut. */
    private static void letIn(ServerSocket open) {
        try {
            while (true) {
                open.accept().close();
            }
        } catch (IOException e) {
            // Shut.
        }
    }

    public synchronized void shut() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        shut();
    }
}
