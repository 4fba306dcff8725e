package dev.heartbeat.model;

import java.util.List;
import java.util.Objects;

/**
 * Where is Kafka, and who are we to it, as a file of another program says? Null stands for what it does not say.
 *
 * @param servers each {@code host:port}
 * @param securityProtocol PLAINTEXT, SSL, SASL_SSL or SASL_PLAINTEXT
 * @param caFile PEM file of the authorities
 * @param certFile PEM file of our certificate; {@code keyFile} is that of its key
 * @param saslMechanism PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512
 * @param saslPassword never logged
 */
public record KafkaLink(List<String> servers, String securityProtocol, String caFile, String certFile, String keyFile,
        String saslMechanism, String saslUsername, String saslPassword) {
    public KafkaLink {
        Objects.requireNonNull(servers);
        servers = List.copyOf(servers);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return String.join(",", servers) + (securityProtocol == null ? "" : " by " + securityProtocol)
                + (saslUsername == null ? "" : " as " + saslUsername);
    }
}
