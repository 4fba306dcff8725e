package dev.heartbeat.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import dev.heartbeat.services.SharedServers.Address;

/**
 * Where does a real Kafka for tests come from? The broker of the client's version, as a process of its own that is controller
 * too, on free ports of the loopback; a restart keeps ports and data. Whoever comes without a name may do everything; a topic
 * is there only once somebody creates it.
 */
public final class KafkaServer implements AutoCloseable {
    /** By name and password, whichever way these are sent. */
    public static final String USER = "tester";
    public static final String PASSWORD = "tester-secret";
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    /** Kept, or the level would be forgotten with it. */
    private static final Logger CLIENT_LOG = Logger.getLogger("org.apache.kafka");

    private final Path folder;
    private final int port;
    private final int internalPort;
    private final int controllerPort;
    private final int saslPort;
    private final int sslPort;
    private final int saslSslPort;
    private final KafkaAdmin admin;
    private volatile Process process;

    private static final class Shared {
        static final KafkaServer PLAIN = find();

        private static KafkaServer find() {
            Address address = SharedServers.find("kafka", Shared::launch, "");
            return new KafkaServer(address.folder(), address.ports());
        }

        private static Address launch() {
            List<Integer> ports = freePorts();
            KafkaServer server = new KafkaServer(folder(), ports).configure(null, null);
            server.startAgain();
            return new Address(server.process.pid(), ports, server.folder);
        }
    }

    static {
        CLIENT_LOG.setLevel(Level.OFF);
    }

    private KafkaServer(Path folder, List<Integer> ports) {
        this.folder = folder;
        port = ports.get(0);
        internalPort = ports.get(1);
        controllerPort = ports.get(2);
        saslPort = ports.get(3);
        sslPort = ports.get(4);
        saslSslPort = ports.get(5);
        admin = new KafkaAdmin(internalPort);
    }

    private static List<Integer> freePorts() {
        return Stream.generate(Ports::free).limit(6).toList();
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("heartbeat-kafka");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KafkaServer configure(Certificates.Pair certificate, String advertised) {
        try {
            Files.createDirectory(folder.resolve("data"));
            Files.writeString(folder.resolve("data/meta.properties"), "version=1\ncluster.id=heartbeat-test\nnode.id=1\n");
            Files.write(folder.resolve("server.properties"), configuration(certificate, advertised));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KafkaServer start(Certificates.Pair certificate, String advertised) {
        KafkaServer server = new KafkaServer(folder(), freePorts()).configure(certificate, advertised);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        server.startAgain();
        return server;
    }

    /** The broker that all tests of a build share, each with topics of its own; never stopped by a test. */
    public static KafkaServer shared() {
        return Shared.PLAIN;
    }

    /** A broker of the caller's own. */
    public static KafkaServer start() {
        return start(null, null);
    }

    /** A broker of the caller's own that also listens with TLS and asks for, but does not insist on, a client certificate. */
    public static KafkaServer start(Certificates.Pair certificate) {
        return start(certificate, null);
    }

    /** A broker of the caller's own that tells everybody to come to another address, {@code host:port}. */
    public static KafkaServer advertising(String address) {
        return start(null, address);
    }

    public int port() {
        return port;
    }

    /** With TLS; only where there is a certificate. */
    public int sslPort() {
        return sslPort;
    }

    /** With user and password. */
    public int saslPort() {
        return saslPort;
    }

    /** With TLS, user and password; only where there is a certificate. */
    public int saslSslPort() {
        return saslSslPort;
    }

    /** As KAFKA_BOOTSTRAP_SERVERS has it. */
    public String address() {
        return "localhost:" + port;
    }

    /** Sees and does everything, by an address that is always right. */
    public KafkaAdmin admin() {
        return admin;
    }

    /** The name of a topic that no other test uses; it is not created. */
    public static String name() {
        return "topic-" + UUID.randomUUID();
    }

    /** A new topic with so many partitions. */
    public String topic(int partitions) {
        String name = name();
        admin.create(name, partitions);
        return name;
    }

    public synchronized void startAgain() {
        try {
            process = new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(console().toFile()).start();
            if (!Ports.await(process, START_LIMIT, () -> Ports.answers(port) && admin.answers())) {
                throw new IllegalStateException("The Kafka broker did not start: " + Files.readString(console()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        admin.user(USER, PASSWORD);
    }

    /** As a crash would. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    @Override
    public void close() {
        admin.close();
        kill();
        Folders.delete(folder);
    }

    private Path console() {
        return folder.resolve("console.log");
    }

    private List<String> command() throws IOException {
        Path classPath = Path.of("target", "kafka.classpath");
        if (!Files.exists(classPath)) {
            throw new IllegalStateException(classPath + " is absent: ./mvnw process-test-classes writes it");
        }
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp",
                Files.readString(classPath), "kafka.Kafka", folder.resolve("server.properties").toString());
    }

    private List<String> configuration(Certificates.Pair certificate, String advertised) throws IOException {
        Map<String, Integer> ports = certificate == null
                ? Map.of("PLAINTEXT", port, "INTERNAL", internalPort, "SASL_PLAINTEXT", saslPort)
                : Map.of("PLAINTEXT", port, "INTERNAL", internalPort, "SASL_PLAINTEXT", saslPort, "SSL", sslPort, "SASL_SSL",
                        saslSslPort);
        List<String> listeners = new ArrayList<>(List.of("CONTROLLER://localhost:" + controllerPort));
        List<String> told = new ArrayList<>();
        ports.forEach((name, number) -> {
            listeners.add(name + "://localhost:" + number);
            boolean elsewhere = name.equals("PLAINTEXT") && advertised != null;
            told.add(name + "://" + (elsewhere ? advertised : "localhost:" + number));
        });
        List<String> lines = new ArrayList<>("""
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@localhost:%d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,INTERNAL:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,\
                SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL
                inter.broker.listener.name=INTERNAL
                listeners=%s
                advertised.listeners=%s
                log.dirs=%s
                authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
                super.users=User:ANONYMOUS
                allow.everyone.if.no.acl.found=true
                auto.create.topics.enable=false
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=100
                controlled.shutdown.enable=false
                log.cleaner.dedupe.buffer.size=2097152
                num.network.threads=2
                num.io.threads=2
                sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512
                """.formatted(controllerPort, String.join(",", listeners), String.join(",", told), folder.resolve("data"))
                .lines().toList());
        ports.keySet().stream().filter(name -> name.startsWith("SASL")).forEach(name -> lines.addAll(logins(name)));
        if (certificate != null) {
            lines.addAll(tls(certificate));
        }
        return lines;
    }

    private static List<String> logins(String listener) {
        String prefix = "listener.name." + listener.toLowerCase(java.util.Locale.ROOT) + ".";
        String scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;";
        return List.of(prefix + "scram-sha-256.sasl.jaas.config=" + scram, prefix + "scram-sha-512.sasl.jaas.config=" + scram,
                prefix + "plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_" + USER
                        + "=\"" + PASSWORD + "\";");
    }

    private List<String> tls(Certificates.Pair certificate) throws IOException {
        Path both = folder.resolve("server.pem");
        Files.writeString(both, Files.readString(certificate.key()) + Files.readString(certificate.certificate()));
        return List.of("ssl.keystore.type=PEM", "ssl.keystore.location=" + both, "ssl.truststore.type=PEM",
                "ssl.truststore.location=" + certificate.authority(), "listener.name.ssl.ssl.client.auth=requested");
    }
}
