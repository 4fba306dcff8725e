package dev.heartbeat.transport;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where is the broker, who are we there, and what passes through it? The settings {@code RABBITMQ_*}. */
@ConfigMapping(prefix = "rabbitmq")
public interface RabbitConfig {
    @WithDefault("localhost")
    String host();

    /** Without TLS only; with it {@link #tlsPort()}. */
    @WithDefault("5672")
    int port();

    @WithDefault("guest")
    String user();

    /** Never logged. */
    @WithDefault("guest")
    String pass();

    @WithDefault("/")
    String vhost();

    @WithDefault("my_topic_exchange")
    String exchange();

    @WithDefault("my_queue")
    String queue();

    /** Blank is the queue's name. */
    @WithDefault("service.heartbeat")
    String routingKey();

    /** Only the word {@code true}, in any case, switches TLS on, as it did in PH. */
    @WithDefault("false")
    String tls();

    @WithDefault("5671")
    int tlsPort();

    /** PEM file of the authorities that are trusted instead of the system's. */
    Optional<String> caCertPath();

    /** PEM file of our certificate, for a broker that asks for one. */
    Optional<String> clientCertPath();

    /** PEM file of that certificate's key. */
    Optional<String> clientKeyPath();

    /** 15672, or 15671 with TLS, where it is not set. */
    Optional<Integer> managementPort();

    @WithDefault("auto")
    Declare declare();

    /** Most messages in our hands at a time; large ones are fewer. */
    @WithDefault("500")
    int prefetch();

    /** Most bytes in our hands at a time. */
    @WithDefault("8M")
    MemorySize unackedBytes();

    /** Larger messages are parked. */
    @WithDefault("4M")
    MemorySize maxMessageBytes();

    @WithDefault("5s")
    Duration connectTimeout();

    /** The first wait before connecting again; every further one is twice as long, up to {@link #longestRetry()}. */
    @WithDefault("1s")
    Duration firstRetry();

    @WithDefault("30s")
    Duration longestRetry();

    @WithDefault("10s")
    Duration confirmTimeout();

    /** How often exchange, queue and binding are looked after while the link is up. */
    @WithDefault("10m")
    Duration verifyEvery();

    /** What may be done about an exchange, queue or binding that is absent? */
    enum Declare {
        /** What is absent is declared; what exists is used as it is. */
        AUTO,
        /** What is absent is reported. */
        PASSIVE,
        /** Nothing is looked at. */
        OFF
    }
}
