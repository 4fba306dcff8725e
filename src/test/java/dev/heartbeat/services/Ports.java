package dev.heartbeat.services;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Which port is free, and does anybody listen on one? */
public final class Ports {
    /** Linux gives those from 32768 on to whoever names none, so none of these is gone before its user takes it. */
    private static final int COUNT = 2_500;
    /**
     * Each test process of a build takes its ports from a range of its own, so that none takes what another is about to use.
     */
    private static final int FIRST = 10_000 + COUNT * (Integer.getInteger("surefire.forkNumber", 0) % 9);
    /** Somewhere in the range, as other builds may run at the same time. */
    private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private Ports() {
    }

    /** A port on which nobody listens, at any address; another one each time. */
    public static int free() {
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    public static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits for a service that has no better way to say that it is ready, or for its process to end. */
    static boolean await(Process process, Duration limit, BooleanSupplier ready) {
        Instant end = Instant.now().plus(limit);
        while (process.isAlive() && Instant.now().isBefore(end)) {
            if (ready.getAsBoolean()) {
                return true;
            }
            LockSupport.parkNanos(20_000_000);
        }
        return false;
    }
}
