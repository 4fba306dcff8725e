package dev.heartbeat.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How does an event stream look to a browser that reads when it is told to? A bare socket with a small buffer. */
final class Browser implements AutoCloseable {
    private final Socket socket = new Socket();
    private final BufferedReader in;
    final String head;

    /** One event: each part null where the stream gave none. */
    record Seen(String id, String name, String data) {
    }

    /** Opens the stream and reads the head of the answer. */
    Browser(URI root, String path, String... headers) {
        try {
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress("localhost", root.getPort()));
            StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
            for (int i = 0; i < headers.length; i += 2) {
                request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
            }
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 512);
            StringBuilder lines = new StringBuilder();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                lines.append(line).append('\n');
            }
            head = lines.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next event of another name than {@code alive}; null at the end of the stream. */
    Seen next() {
        Seen seen = any();
        return seen != null && "alive".equals(seen.name()) ? next() : seen;
    }

    /** The next event; null at the end of the stream. Chunk sizes and comments are passed over. */
    Seen any() {
        String id = null;
        String name = null;
        String data = null;
        try {
            // A chunk of no bytes is the end of the answer, after which the connection may live on.
            for (String line = in.readLine(); line != null && !line.equals("0"); line = in.readLine()) {
                id = line.startsWith("id: ") ? line.substring(4) : id;
                name = line.startsWith("event: ") ? line.substring(7) : name;
                data = line.startsWith("data: ") ? line.substring(6) : data;
                if (line.isEmpty() && name != null) {
                    return new Seen(id, name, data);
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Seen> next(int count) {
        List<Seen> seen = new ArrayList<>();
        while (seen.size() < count) {
            seen.add(next());
        }
        return seen;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
