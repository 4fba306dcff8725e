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
import java.util.stream.Stream;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;

import dev.heartbeat.services.SharedServers.Address;

/**
 * Where does a real broker for tests come from? A private node of the installed rabbitmq-server, with its management plugin,
 * on free ports of the loopback; user and password are guest. A restart keeps ports and durable data.
 */
public final class RabbitServer {
    private static final Path BIN = Path.of("/usr/lib/rabbitmq/bin");
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Path home;
    private final int port;
    private final int tlsPort;
    private final int managementPort;
    private final int managementTlsPort;
    private final int distributionPort;
    private final int epmdPort;
    private final RabbitAdmin admin;
    private volatile Process process;

    private static final class Shared {
        static final RabbitServer PLAIN = find();

        private static RabbitServer find() {
            List<Integer> ports = freePorts();
            Address address = SharedServers.find("rabbitmq", () -> launch(ports),
                    "epmd -port " + ports.get(ports.size() - 1) + " -kill");
            return new RabbitServer(address.folder(), address.ports());
        }

        private static Address launch(List<Integer> ports) {
            RabbitServer server = new RabbitServer(folder(), ports).configure(null);
            server.startAgain();
            return new Address(server.process.pid(), ports, server.home);
        }
    }

    private static final class Own {
        static final Certificates CERTIFICATES = Certificates.create();
        static final Certificates.Pair LOCALHOST = CERTIFICATES.server("dns:localhost");
        static final RabbitServer NODE = start(LOCALHOST);
    }

    private RabbitServer(Path home, List<Integer> ports) {
        this.home = home;
        port = ports.get(0);
        tlsPort = ports.get(1);
        managementPort = ports.get(2);
        managementTlsPort = ports.get(3);
        distributionPort = ports.get(4);
        epmdPort = ports.get(5);
        admin = new RabbitAdmin(managementPort);
    }

    private static List<Integer> freePorts() {
        return Stream.generate(Ports::free).limit(6).toList();
    }

    private static Path folder() {
        if (!Files.isExecutable(BIN.resolve("rabbitmq-server"))) {
            throw new IllegalStateException("These tests need RabbitMQ: apt-get install -y rabbitmq-server");
        }
        try {
            return Files.createTempDirectory("heartbeat-rabbitmq");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RabbitServer configure(Certificates.Pair certificate) {
        try {
            Files.writeString(home.resolve("plugins"), "[rabbitmq_management].\n");
            Files.writeString(home.resolve("rabbitmq.conf"), configuration(certificate));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The node that all tests of a build share, each in a vhost of its own; never stopped by a test. */
    public static RabbitServer shared() {
        return Shared.PLAIN;
    }

    /**
     * The node of this test process. A test may kill it, block it and give it another certificate: whoever asks for it next
     * gets
     * it as it was. It also listens with TLS, and asks for a client certificate without insisting on it.
     */
    public static synchronized RabbitServer own() {
        RabbitServer node = Own.NODE;
        if (!node.process.isAlive()) {
            node.startAgain();
        }
        node.unblockPublishers();
        node.present(Own.LOCALHOST);
        return node;
    }

    /** The authority behind the certificate of {@link #own()}, which is for localhost. */
    public static Certificates certificates() {
        return Own.CERTIFICATES;
    }

    private static RabbitServer start(Certificates.Pair certificate) {
        RabbitServer server = new RabbitServer(folder(), freePorts()).configure(certificate);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
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
            process = builder().redirectErrorStream(true).redirectOutput(console().toFile()).start();
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
            call("mnesia sync_log []");
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
        call("vm_memory_monitor set_vm_memory_high_watermark [{absolute,1}]");
    }

    public void unblockPublishers() {
        call("vm_memory_monitor set_vm_memory_high_watermark [{absolute,1073741824}]");
    }

    /** Presents another certificate to whoever connects from now on. */
    public void present(Certificates.Pair other) {
        try {
            Files.copy(other.certificate(), home.resolve("cert.pem"), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(other.key(), home.resolve("key.pem"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        call("ssl clear_pem_cache []");
    }

    /** Calls a function in the broker: its module, its name and its arguments. rabbitmqctl would take over a second for it. */
    private void call(String function) {
        try {
            Path log = home.resolve("call.log");
            Process call = new ProcessBuilder("erl_call", "-address", "127.0.0.1:" + distributionPort, "-c",
                    Files.readString(home.resolve(".erlang.cookie")), "-a", function).redirectErrorStream(true)
                    .redirectOutput(log.toFile()).start();
            if (!call.waitFor(60, TimeUnit.SECONDS) || call.exitValue() != 0) {
                throw new IllegalStateException("erl_call " + function + ": " + Files.readString(log));
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void close() {
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

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(BIN.resolve("rabbitmq-server").toString());
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

    private String configuration(Certificates.Pair certificate) throws IOException {
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
