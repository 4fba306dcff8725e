package dev.heartbeat.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

import dev.heartbeat.model.Route;

/** What does Kafka's client have to know, in its own words? Files are read anew each time, so a renewed certificate counts. */
final class KafkaSettings {
    private static final int ANSWER_MILLIS = 5000;
    private static final int DELIVERY_MILLIS = 30_000;
    private static final int REQUEST_MILLIS = 10_000;
    private static final int LONGEST_BACK_OFF_MILLIS = 5000;
    private static final int FETCH_BYTES = 8 << 20;
    private static final int BATCH_BYTES = 64 << 10;
    private static final String PEM = "PEM";

    private final KafkaConfig config;

    KafkaSettings(KafkaConfig config) {
        this.config = config;
    }

    /** PLAINTEXT, SSL, SASL_SSL or SASL_PLAINTEXT. */
    static String protocol(Optional<String> given, Optional<String> caFile) {
        return given.map(text -> text.strip().toUpperCase(Locale.ROOT)).orElse(caFile.isPresent() ? "SSL" : "PLAINTEXT");
    }

    /** For questions that are answered soon or not at all. */
    Map<String, Object> admin() {
        Map<String, Object> settings = common();
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS - 1);
        return settings;
    }

    /**
     * Nothing is confirmed before all replicas have it, and nothing is doubled by a repeat of the client's own. One request at
     * a time: where the broker is not ready for a new topic's first one but is for the second, it refuses the first as out of
     * order until that expires (KAFKA-15591).
     */
    Map<String, Object> producer() {
        Map<String, Object> settings = common();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, config.compression().strip().toLowerCase(Locale.ROOT));
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Math.toIntExact(config.maxMessageBytes().asLongValue()));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        return settings;
    }

    /** All three assignors are known to clients in other languages, so that one of those can be replaced at a time. */
    Map<String, Object> consumer(Route route) {
        Map<String, Object> settings = common();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, route.group());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, config.autoOffsetReset().strip().toLowerCase(Locale.ROOT));
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, KafkaConsumption.ROOM);
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(StickyAssignor.class.getName(),
                RangeAssignor.class.getName(), RoundRobinAssignor.class.getName()));
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(config.sessionTimeout()));
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, millis(config.sessionTimeout().dividedBy(3)));
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, millis(config.maxPollInterval()));
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        return settings;
    }

    private static int millis(Duration time) {
        return Math.toIntExact(Math.max(1, time.toMillis()));
    }

    private Map<String, Object> common() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, config.clientId());
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_BACK_OFF_MILLIS);
        settings.put("enable.metrics.push", false);
        String protocol = protocol(config.securityProtocol(), config.sslCaFile());
        settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
        if (protocol.endsWith("SSL")) {
            tls(settings);
        }
        if (protocol.startsWith("SASL")) {
            login(settings);
        }
        return settings;
    }

    private void tls(Map<String, Object> settings) {
        config.sslCaFile().ifPresent(path -> {
            settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
            settings.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, read(KafkaFaults.CA_FILE, path));
        });
        if (config.sslCertFile().isPresent() && config.sslKeyFile().isPresent()) {
            settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
            settings.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
                    read(KafkaFaults.CERT_FILE, config.sslCertFile().get()));
            settings.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
                    PrivateKeyText.pkcs8(read(KafkaFaults.KEY_FILE, config.sslKeyFile().get())));
        }
    }

    private void login(Map<String, Object> settings) {
        String mechanism = config.saslMechanism().strip().toUpperCase(Locale.ROOT);
        String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        settings.put(SaslConfigs.SASL_MECHANISM, mechanism);
        settings.put(SaslConfigs.SASL_JAAS_CONFIG, "org.apache.kafka.common.security." + module + " required username="
                + quoted(config.saslUsername().orElse("")) + " password=" + quoted(config.saslPassword().orElse("")) + ";");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String read(String variable, String path) {
        try {
            return Files.readString(Path.of(path.strip()));
        } catch (IOException e) {
            throw new IllegalArgumentException(variable + "=" + path + ": can not be read", e);
        }
    }
}
