package dev.heartbeat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Where does this program listen itself? Two roles on one host must both start. */
final class OwnPort {
    private static final String VARIABLE = "QUARKUS_HTTP_PORT";
    private static final String PROPERTY = "quarkus.http.port";
    private static final int DEFAULT = 8080;

    private OwnPort() {
    }

    /**
     * The port; one that nobody asked for gives way when it is taken, which is passed on and noted. 0 is any that is free,
     * chosen
     * here: whoever is told of it, or asks it, must know which.
     */
    static int find(Map<String, String> environment, BiConsumer<String, String> properties, List<String> notes) {
        String given = System.getProperty(PROPERTY, environment.getOrDefault(VARIABLE, "")).strip();
        if (given.matches("0+")) {
            return free(properties);
        }
        if (!given.isEmpty()) {
            return given.matches("\\d{1,5}") ? Integer.parseInt(given) : DEFAULT;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(DEFAULT));
            return DEFAULT;
        } catch (IOException e) {
            int port = free(properties);
            notes.add("port " + DEFAULT + " is taken, so this one serves on " + port + "; " + VARIABLE + " chooses another");
            return port;
        }
    }

    private static int free(BiConsumer<String, String> properties) {
        try (ServerSocket socket = new ServerSocket(0)) {
            int port = socket.getLocalPort();
            properties.accept(PROPERTY, String.valueOf(port));
            return port;
        } catch (IOException e) {
            return DEFAULT;
        }
    }
}
