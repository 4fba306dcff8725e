package dev.heartbeat.transport;

import java.time.Duration;
import java.util.Optional;

import dev.heartbeat.model.RecordLayout;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where is Kafka, who are we to it, and which topic carries heartbeats? */
@ConfigMapping(prefix = "kafka")
public interface KafkaConfig {
    /** Comma-separated {@code host:port}. */
    @WithDefault("localhost:9092")
    String bootstrapServers();

    @WithDefault("heartbeat")
    String topic();

    /** As which records heartbeats leave; all layouts are read. */
    @WithDefault("heartbeat")
    RecordLayout layout();

    /** PLAINTEXT, SSL, SASL_SSL or SASL_PLAINTEXT; when absent SSL where a CA file is given, else PLAINTEXT. */
    Optional<String> securityProtocol();

    Optional<String> sslCaFile();

    Optional<String> sslCertFile();

    Optional<String> sslKeyFile();

    /** PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512. */
    @WithDefault("SCRAM-SHA-512")
    String saslMechanism();

    Optional<String> saslUsername();

    Optional<String> saslPassword();

    @WithDefault("heartbeat")
    String groupId();

    /** Where a group that never read begins: earliest or latest. */
    @WithDefault("earliest")
    String autoOffsetReset();

    /** Of a topic that we create. */
    @WithDefault("1")
    int partitions();

    /** Of a topic that we create; the broker's default when absent. */
    Optional<Integer> replication();

    /** none, gzip, lz4, snappy or zstd. */
    @WithDefault("gzip")
    String compression();

    /** As whom the broker's log and quotas know us. */
    @WithDefault("heartbeat")
    String clientId();

    /** A member of the group that is silent for so long has lost its partitions. */
    @WithDefault("10s")
    Duration sessionTimeout();

    /** A member of the group that asks for nothing for so long has lost its partitions. */
    @WithDefault("5m")
    Duration maxPollInterval();

    /** Larger records are parked. */
    @WithDefault("4M")
    MemorySize maxMessageBytes();
}
