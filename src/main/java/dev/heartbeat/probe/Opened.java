package dev.heartbeat.probe;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.http.HttpConnection;

/** Which connections has one check opened? When it ends they are closed, and so is every one that comes later. */
final class Opened {
    private final List<HttpConnection> connections = new ArrayList<>();
    private boolean over;

    void add(HttpConnection connection) {
        synchronized (this) {
            if (!over) {
                connections.add(connection);
                return;
            }
        }
        connection.close();
    }

    void close() {
        List<HttpConnection> all;
        synchronized (this) {
            over = true;
            all = List.copyOf(connections);
            connections.clear();
        }
        all.forEach(HttpConnection::close);
    }
}
