package dev.heartbeat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What does a broker's administrator do by hand? The management API of a {@link RabbitServer}. */
public final class RabbitAdmin {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();
    private final String address;

    RabbitAdmin(int port) {
        this.address = "http://127.0.0.1:" + port + "/api/";
    }

    /** A new vhost in which guest may do everything. */
    public void vhost(String name) {
        put("vhosts/" + encode(name), Map.of());
        permit(name, "guest", ".*", ".*", ".*");
    }

    public void user(String name, String password, String tags) {
        put("users/" + encode(name), Map.of("password", password, "tags", tags));
    }

    /** What the user may configure, write and read in that vhost, as regular expressions; {@code ^$} is nothing. */
    public void permit(String vhost, String user, String configure, String write, String read) {
        put("permissions/" + encode(vhost) + "/" + encode(user), Map.of("configure", configure, "write", write, "read", read));
    }

    public void exchange(String vhost, String name, String type) {
        put("exchanges/" + encode(vhost) + "/" + encode(name), Map.of("type", type, "durable", true));
    }

    public void queue(String vhost, String name, Map<String, Object> arguments) {
        put(queuePath(vhost, name), Map.of("durable", true, "arguments", arguments));
    }

    public void deleteQueue(String vhost, String name) {
        send("DELETE", queuePath(vhost, name), null);
    }

    public void bind(String vhost, String exchange, String queue, String routingKey) {
        send("POST", bindings(vhost, exchange, queue), Map.of("routing_key", routingKey));
    }

    public void unbind(String vhost, String exchange, String queue, String routingKey) {
        send("DELETE", bindings(vhost, exchange, queue) + "/" + encode(routingKey), null);
    }

    /** Closes every connection of that user whose client-given name begins so; they appear up to some seconds late. */
    public int closeConnections(String vhost, String namePrefix) {
        int closed = 0;
        for (JsonNode connection : get("vhosts/" + encode(vhost) + "/connections")) {
            if (connection.path("user_provided_name").asText().startsWith(namePrefix)) {
                send("DELETE", "connections/" + encode(connection.get("name").asText()), null);
                closed++;
            }
        }
        return closed;
    }

    public JsonNode queue(String vhost, String name) {
        return get(queuePath(vhost, name));
    }

    public JsonNode get(String path) {
        return send("GET", path, null);
    }

    public void put(String path, Object body) {
        send("PUT", path, body);
    }

    /** Percent-encoded, for one part of a path. */
    public static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    boolean answers() {
        try {
            return get("overview").has("cluster_name");
        } catch (UncheckedIOException | IllegalStateException e) {
            return false;
        }
    }

    private static String queuePath(String vhost, String name) {
        return "queues/" + encode(vhost) + "/" + encode(name);
    }

    private static String bindings(String vhost, String exchange, String queue) {
        return "bindings/" + encode(vhost) + "/e/" + encode(exchange) + "/q/" + encode(queue);
    }

    private JsonNode send(String method, String path, Object body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(60))
                    .header("Authorization",
                            "Basic " + Base64.getEncoder().encodeToString("guest:guest".getBytes(StandardCharsets.UTF_8)))
                    .header("Content-Type", "application/json")
                    .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(method + " " + path + ": " + response.statusCode() + " " + response.body());
            }
            return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
