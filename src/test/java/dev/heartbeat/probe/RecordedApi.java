package dev.heartbeat.probe;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** What would a broker say that a real one can not be made to say? A server on the loopback that repeats recorded answers. */
final class RecordedApi implements AutoCloseable {
    static final String ADMINISTRATOR = "{\"name\":\"guest\",\"tags\":[\"administrator\"]}";
    static final String MANAGEMENT = "{\"name\":\"guest\",\"tags\":[\"management\"]}";

    private final Map<String, Consumer<HttpServerResponse>> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final HttpServer server;

    RecordedApi() {
        server = Asked.VERTX.createHttpServer().requestHandler(this::answer)
                .connectionHandler(connection -> {
                    connections.incrementAndGet();
                    connection.closeHandler(closed -> connections.decrementAndGet());
                })
                .listen(0, "localhost").toCompletionStage().toCompletableFuture().join();
        on("whoami", 200, ADMINISTRATOR);
    }

    /** The whole path after {@code /api/}, without its query. */
    RecordedApi on(String path, int status, String body) {
        return on(path, response -> response.setStatusCode(status).end(body));
    }

    RecordedApi on(String path, Consumer<HttpServerResponse> answer) {
        answers.put("/api/" + path, answer);
        return this;
    }

    int port() {
        return server.actualPort();
    }

    int connections() {
        return connections.get();
    }

    /** Every request so far, without queries. */
    List<String> asked() {
        return asked;
    }

    Asked ask() {
        return Asked.of(port(), "/", "guest");
    }

    private void answer(HttpServerRequest request) {
        asked.add(request.path().substring("/api/".length()));
        answers.getOrDefault(request.path(), response -> response.setStatusCode(404)
                .end("{\"error\":\"Object Not Found\",\"reason\":\"Not Found\"}")).accept(request.response());
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
