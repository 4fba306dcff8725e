package dev.heartbeat.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** What runs inside Redis, in one step? */
record Script(String text, String sha) {
    /** The script of that name among the resources. */
    static Script of(String name) {
        try (InputStream resource = Script.class.getResourceAsStream("/redis/" + name)) {
            byte[] text = resource.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
            return new Script(new String(text, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** With which keys and arguments is a script called? Arguments are added in the order in which the script takes them. */
    static final class Call {
        private final List<String> keys;
        private final List<String> arguments = new ArrayList<>();

        Call(String... keys) {
            this.keys = List.of(keys);
        }

        Call add(String argument) {
            arguments.add(argument);
            return this;
        }

        Call add(long argument) {
            return add(Long.toString(argument));
        }

        Call addAll(List<String> some) {
            arguments.addAll(some);
            return this;
        }

        Request request(Command command, String script) {
            Request request = Request.cmd(command).arg(script).arg(keys.size());
            keys.forEach(request::arg);
            arguments.forEach(request::arg);
            return request;
        }
    }
}
