package dev.heartbeat.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.heartbeat.services.RedisServer;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisOptions;

/** How does a test have stores on a real Redis, and look at what they wrote? */
final class RedisFixture {
    private static final Vertx VERTX = Vertx.vertx();

    private RedisFixture() {
    }

    /** Settings as a test says them. */
    record Settings(String host, int port, int db, Optional<String> username, Optional<String> password, boolean tls,
            Optional<String> caCertPath, Layout layout, int outboxLength) implements StoreConfig {
        static Settings of(RedisServer server) {
            return new Settings("localhost", server.port(), 0, Optional.empty(), Optional.empty(), false, Optional.empty(),
                    Layout.READER_SAFE, 10_000);
        }

        Settings with(Layout other) {
            return new Settings(host, port, db, username, password, tls, caCertPath, other, outboxLength);
        }

        Settings inDatabase(int number) {
            return new Settings(host, port, number, username, password, tls, caCertPath, layout, outboxLength);
        }

        Settings keeping(int transitions) {
            return new Settings(host, port, db, username, password, tls, caCertPath, layout, transitions);
        }

        Settings as(String user, String secret) {
            return new Settings(host, port, db, Optional.ofNullable(user), Optional.ofNullable(secret), tls, caCertPath, layout,
                    outboxLength);
        }

        Settings trusting(String name, String authority) {
            return new Settings(name, port, db, username, password, true, Optional.of(authority), layout, outboxLength);
        }
    }

    static RedisStore store(StoreConfig config) {
        return store(config, RedisLink.PATIENCE);
    }

    static RedisStore store(StoreConfig config, Duration patience) {
        Redis client = client(config);
        return new RedisStore(() -> client, config, patience);
    }

    static Redis client(StoreConfig config) {
        RedisOptions options = new RedisOptions();
        new RedisAddress(config).customize("<default>", options);
        return Redis.createClient(VERTX, options);
    }

    static Response ask(Redis redis, Command command, String... arguments) {
        return redis.send(io.vertx.mutiny.redis.client.Request.newInstance(RedisLink.command(command, arguments)))
                .await().atMost(Duration.ofSeconds(10));
    }

    static List<String> keys(Redis redis, String pattern) {
        List<String> keys = new ArrayList<>();
        ask(redis, Command.KEYS, pattern).forEach(key -> keys.add(key.toString()));
        return keys;
    }

    /** PH's keys with their values. */
    static Map<String, String> shown(Redis redis) {
        Map<String, String> shown = new TreeMap<>();
        for (String pattern : List.of("service:*", "queue:*")) {
            for (String key : keys(redis, pattern)) {
                shown.put(key, ask(redis, Command.GET, key).toString());
            }
        }
        return shown;
    }
}
