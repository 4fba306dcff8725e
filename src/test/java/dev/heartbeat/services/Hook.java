package dev.heartbeat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** What does a receiver of web hooks get, that accepts, refuses, or hangs as it is told? On a port of its own. */
public final class Hook implements AutoCloseable {
    /** One call: its headers that matter, its body, and whether it was accepted. */
    public record Call(String path, String key, String type, String authorization, String body, boolean accepted) {
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private final Semaphore hanging = new Semaphore(0);
    private final AtomicInteger hung = new AtomicInteger();
    private volatile boolean hangs;

    private Hook(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    public static Hook open() {
        try {
            return new Hook(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (hangs) {
            hung.incrementAndGet();
            hanging.acquireUninterruptibly();
        }
        int answer = status.get();
        calls.add(new Call(exchange.getRequestURI().toString(), exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                exchange.getRequestHeaders().getFirst("Content-Type"), exchange.getRequestHeaders().getFirst("Authorization"),
                body, answer < 300));
        if (answer >= 300 && answer < 400) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
        }
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    /** Answers that status from now on. */
    public Hook answers(int newStatus) {
        status.set(newStatus);
        return this;
    }

    /** Takes calls from now on and answers nothing. */
    public Hook hangs() {
        hangs = true;
        return this;
    }

    /** Answers again, also to those who still wait. */
    public Hook recovers() {
        hangs = false;
        status.set(200);
        hanging.release(1_000);
        return this;
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Forgets all calls so far. */
    public void clear() {
        calls.clear();
    }

    /** The keys of what was accepted, in order. */
    public List<String> accepted() {
        return calls.stream().filter(Call::accepted).map(Call::key).toList();
    }

    /** How many calls hang or have hung. */
    public int hung() {
        return hung.get();
    }

    @Override
    public void close() {
        hanging.release(1_000);
        server.stop(0);
        threads.shutdownNow();
    }
}
