package dev.heartbeat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;

/**
 * Where does a real broker for tests come from? A private node of the installed rabbitmq-server, with its management plugin,
 * on free ports of the loopback; user and password are guest. A restart keeps ports and durable data.
 */
public final class RabbitServer implements AutoCloseable {
    private static final Path BIN = Path.of("/usr/lib/rabbitmq/bin");
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Path home;
    private final Certificates.Pair certificate;
    private final int port = Ports.free();
    private final int tlsPort = Ports.free();
    private final int managementPort = Ports.free();
    private final int managementTlsPort = Ports.free();
    private final int distributionPort = Ports.free();
    private final int epmdPort = Ports.free();
    private final RabbitAdmin admin = new RabbitAdmin(managementPort);
    private volatile Process process;

    private static final class Shared {
        static final RabbitServer PLAIN = RabbitServer.start();
    }

    private RabbitServer(Certificates.Pair certificate) {
        if (!Files.isExecutable(BIN.resolve("rabbitmq-server"))) {
            throw new IllegalStateException("These tests need RabbitMQ: apt-get install -y rabbitmq-server");
        }
        this.certificate = certificate;
        try {
            this.home = Files.createTempDirectory("heartbeat-rabbitmq");
            Files.writeString(home.resolve("plugins"), "[rabbitmq_management].\n");
            Files.writeString(home.resolve("rabbitmq.conf"), configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** The node that tests share, each in a vhost of its own; started when first asked for, never stopped by a test. */
    public static RabbitServer shared() {
        return Shared.PLAIN;
    }

    /** A node of the caller's own. */
    public static RabbitServer start() {
        return start(null);
    }

    /** A node of the caller's own that also listens with TLS and asks for, but does not insist on, a client certificate. */
    public static RabbitServer start(Certificates.Pair certificate) {
        RabbitServer server = new RabbitServer(certificate);
        server.startAgain();
        return server;
    }

    public int port() {
        return port;
    }

    public int tlsPort() {
        return tlsPort;
    }

    public int managementPort() {
        return managementPort;
    }

    public int managementTlsPort() {
        return managementTlsPort;
    }

    public RabbitAdmin admin() {
        return admin;
    }

    /** A connection of the test's own. */
    public Connection connect(String vhost) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setPort(port);
        factory.setVirtualHost(vhost);
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection("test");
    }

    public synchronized void startAgain() {
        try {
            process = builder("rabbitmq-server").redirectErrorStream(true).redirectOutput(console().toFile()).start();
            if (!Ports.await(process, START_LIMIT, () -> admin.answers() && Ports.answers(port))) {
                throw new IllegalStateException("rabbitmq-server did not start: " + Files.readString(console()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * As a power failure: what was declared, and what was confirmed and durable, is still there after {@link #startAgain()}.
     */
    public void kill() {
        if (process.isAlive()) {
            // A broker answers a declaration some moments before the disk has it.
            control("eval", "mnesia:sync_log().");
        }
        destroy();
    }

    private synchronized void destroy() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    public void restart() {
        kill();
        startAgain();
    }

    /** Makes the broker block everybody who publishes, as if it had run out of memory. */
    public void blockPublishers() {
        control("set_vm_memory_high_watermark", "absolute", "1");
    }

    public void unblockPublishers() {
        control("set_vm_memory_high_watermark", "absolute", "1073741824");
    }

    /** Presents another certificate to whoever connects from now on. */
    public void present(Certificates.Pair other) {
        try {
            Files.copy(other.certificate(), home.resolve("cert.pem"), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(other.key(), home.resolve("key.pem"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        control("eval", "ssl:clear_pem_cache().");
    }

    public void control(String... arguments) {
        try {
            ProcessBuilder builder = builder("rabbitmqctl").redirectErrorStream(true)
                    .redirectOutput(home.resolve("control.log").toFile());
            builder.command().addAll(List.of(arguments));
            Process control = builder.start();
            if (!control.waitFor(60, TimeUnit.SECONDS) || control.exitValue() != 0) {
                throw new IllegalStateException("rabbitmqctl: " + Files.readString(home.resolve("control.log")));
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        destroy();
        try {
            new ProcessBuilder("epmd", "-port", String.valueOf(epmdPort), "-kill").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Folders.delete(home);
    }

    private Path console() {
        return home.resolve("console.log");
    }

    private ProcessBuilder builder(String command) {
        ProcessBuilder builder = new ProcessBuilder(BIN.resolve(command).toString());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("RABBITMQ_") || name.startsWith("ERL_"));
        environment.put("HOME", home.toString());
        environment.put("RABBITMQ_NODENAME", "test@localhost");
        environment.put("RABBITMQ_MNESIA_BASE", home.resolve("mnesia").toString());
        environment.put("RABBITMQ_LOG_BASE", home.resolve("log").toString());
        environment.put("RABBITMQ_CONFIG_FILE", home.resolve("rabbitmq.conf").toString());
        environment.put("RABBITMQ_ENABLED_PLUGINS_FILE", home.resolve("plugins").toString());
        environment.put("RABBITMQ_CONF_ENV_FILE", "/dev/null");
        environment.put("RABBITMQ_PID_FILE", home.resolve("pid").toString());
        environment.put("RABBITMQ_DIST_PORT", String.valueOf(distributionPort));
        environment.put("ERL_EPMD_PORT", String.valueOf(epmdPort));
        environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
        // The process is then the broker itself and not a shell that waits for it.
        environment.put("RABBITMQ_ALLOW_INPUT", "true");
        environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                "-noshell -noinput -kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none");
        return builder;
    }

    private String configuration() throws IOException {
        String plain = """
                listeners.tcp.1 = 127.0.0.1:%d
                management.tcp.ip = 127.0.0.1
                management.tcp.port = %d
                loopback_users = none
                collect_statistics_interval = 1000
                vm_memory_high_watermark.absolute = 1GiB
                disk_free_limit.absolute = 50MB
                """.formatted(port, managementPort);
        if (certificate == null) {
            return plain;
        }
        Files.copy(certificate.certificate(), home.resolve("cert.pem"));
        Files.copy(certificate.key(), home.resolve("key.pem"));
        return plain + """
                listeners.ssl.1 = 127.0.0.1:%1$d
                management.ssl.ip = 127.0.0.1
                management.ssl.port = %2$d
                management.ssl.certfile = %4$s/cert.pem
                management.ssl.keyfile = %4$s/key.pem
                ssl_options.certfile = %4$s/cert.pem
                ssl_options.keyfile = %4$s/key.pem
                ssl_options.cacertfile = %3$s
                ssl_options.verify = verify_peer
                ssl_options.fail_if_no_peer_cert = false
                """.formatted(tlsPort, managementTlsPort, certificate.authority(), home);
    }
}
