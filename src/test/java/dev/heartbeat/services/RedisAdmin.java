package dev.heartbeat.services;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import org.awaitility.Awaitility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What does somebody see, and do by hand, in a {@link RedisServer}? Connects anew for every command, as the server may restart.
 */
public final class RedisAdmin {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MILLIS = 10_000;
    private static final Object LOADING = new Object();

    private final int port;
    private final String password;

    RedisAdmin(int port, String password) {
        this.port = port;
        this.password = password;
    }

    /** The answer: a string, a number, a list of answers, or null. Waits for a server that loads its data after a restart. */
    public Object ask(String... command) {
        Object[] answer = new Object[1];
        Awaitility.await("Redis has loaded its data").atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).until(() -> {
            answer[0] = once(command);
            return answer[0] != LOADING;
        });
        return answer[0];
    }

    private Object once(String... command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(MILLIS);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            if (password != null) {
                socket.getOutputStream().write(request("AUTH", password));
                answer(in);
            }
            socket.getOutputStream().write(request(command));
            return answer(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void set(String key, String value) {
        ask("SET", key, value);
    }

    /** PH's keys, as its reader asks for them, with their values. */
    public SortedMap<String, String> phKeys() {
        SortedMap<String, String> keys = new TreeMap<>();
        for (String pattern : List.of("service:*", "queue:*")) {
            for (Object key : (List<?>) ask("KEYS", pattern)) {
                keys.put((String) key, (String) ask("GET", (String) key));
            }
        }
        return keys;
    }

    /** Every transition that the outbox keeps, oldest first. */
    public List<JsonNode> transitions() {
        List<JsonNode> transitions = new ArrayList<>();
        try {
            for (Object entry : (List<?>) ask("XRANGE", "heartbeat:outbox", "-", "+")) {
                List<?> fields = (List<?>) ((List<?>) entry).get(1);
                transitions.add(JSON.readTree((String) fields.get(1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return transitions;
    }

    /** How many transitions the log's place is behind: nobody has said yet that they are announced. */
    public long unannounced() {
        Object position = ask("HGET", "heartbeat:reader:log", "position");
        return ((List<?>) ask("XRANGE", "heartbeat:outbox", position == null ? "-" : "(" + position, "+")).size();
    }

    private static byte[] request(String... command) {
        StringBuilder text = new StringBuilder("*" + command.length + "\r\n");
        for (String part : command) {
            text.append('$').append(part.getBytes(StandardCharsets.UTF_8).length).append("\r\n").append(part).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Object answer(DataInputStream in) throws IOException {
        String line = line(in);
        String rest = line.substring(1);
        switch (line.charAt(0)) {
            case '+':
                return rest;
            case ':':
                return Long.valueOf(rest);
            case '$':
                return text(in, Integer.parseInt(rest));
            case '*':
                return list(in, Integer.parseInt(rest));
            default:
                if (rest.startsWith("LOADING")) {
                    return LOADING;
                }
                throw new IOException("Redis: " + line);
        }
    }

    private static String text(DataInputStream in, int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length);
        in.skipBytes(2);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<Object> list(DataInputStream in, int length) throws IOException {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            list.add(answer(in));
        }
        return list;
    }

    private static String line(DataInputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.readUnsignedByte(); next != '\r'; next = in.readUnsignedByte()) {
            line.write(next);
        }
        in.readUnsignedByte();
        return line.toString(StandardCharsets.UTF_8);
    }
}
