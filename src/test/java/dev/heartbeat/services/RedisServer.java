package dev.heartbeat.services;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where does a real Redis for tests come from? The installed redis-server, on a free port that a restart keeps, with its data.
 */
public final class RedisServer implements AutoCloseable {
    private final int port = Ports.free();
    private final Path folder;
    private final List<String> command;
    private Process process;

    private static final class Shared {
        static final RedisServer PLAIN = RedisServer.start();
    }

    private RedisServer(List<String> options) {
        if (Stream.of(System.getenv("PATH").split(File.pathSeparator)).noneMatch(
                path -> Files.isExecutable(Path.of(path, "redis-server")))) {
            throw new IllegalStateException("These tests need Redis: apt-get install -y redis-server");
        }
        try {
            folder = Files.createTempDirectory("heartbeat-redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        command = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1", "--dir", folder.toString(), "--save", "",
                "--appendonly", "yes", "--appendfsync", "always"));
        command.addAll(options);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** The server that tests share, each with data of its own; never stopped by a test. */
    public static RedisServer shared() {
        return Shared.PLAIN;
    }

    /** A server of the caller's own, with options as redis-server takes them: {@code "--requirepass", "secret"}. */
    public static RedisServer start(String... options) {
        RedisServer server = new RedisServer(List.of(options));
        server.command.addAll(List.of("--port", String.valueOf(server.port)));
        server.startAgain();
        return server;
    }

    /** A server of the caller's own that speaks TLS only, and asks for no client certificate. */
    public static RedisServer start(Certificates.Pair certificate, String... options) {
        RedisServer server = new RedisServer(List.of(options));
        server.command.addAll(List.of("--port", "0", "--tls-port", String.valueOf(server.port), "--tls-auth-clients", "no",
                "--tls-cert-file", certificate.certificate().toString(), "--tls-key-file", certificate.key().toString(),
                "--tls-ca-cert-file", certificate.authority().toString()));
        server.startAgain();
        return server;
    }

    public int port() {
        return port;
    }

    /** An administrator's view of it; not of one that speaks TLS. */
    public RedisAdmin admin() {
        int option = command.indexOf("--requirepass");
        return new RedisAdmin(port, option < 0 ? null : command.get(option + 1));
    }

    public synchronized void startAgain() {
        try {
            Path log = folder.resolve("console.log");
            process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            if (!Ports.await(process, Duration.ofSeconds(60), () -> Ports.answers(port))) {
                throw new IllegalStateException("redis-server did not start: " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a power failure: every write that was answered is still there after {@link #startAgain()}. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    public void restart() {
        kill();
        startAgain();
    }

    @Override
    public void close() {
        kill();
        Folders.delete(folder);
    }
}
