package dev.heartbeat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

/** What does a website answer that a test tells what to answer? On a port of its own. */
public final class Site implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private final Set<String> headers = ConcurrentHashMap.newKeySet();
    private volatile int status = 200;
    private volatile String body = "hello";

    private Site(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.start();
    }

    /** A site that answers as {@code handler} does, where {@link #says} has no words for it. */
    public static Site open(HttpHandler handler) {
        Site site = open();
        site.server.removeContext("/");
        site.server.createContext("/", handler);
        return site;
    }

    public static Site open() {
        try {
            return new Site(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it says from now on. */
    public Site says(int newStatus, String newBody) {
        status = newStatus;
        body = newBody;
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** How often somebody asked. */
    public int asked() {
        return asked.get();
    }

    /** The names of all headers with which somebody ever asked, in small letters. */
    public Set<String> headers() {
        return Set.copyOf(headers);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestHeaders().keySet().forEach(name -> headers.add(name.toLowerCase(Locale.ROOT)));
        asked.incrementAndGet();
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
