package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaSettingsTest {
    /** As Kafka's client understands it. */
    private static ProducerConfig producer(Map<String, String> further) {
        Map<String, String> given = new HashMap<>(further);
        given.put("kafka.bootstrap-servers", "localhost:9092");
        Map<String, Object> settings = new KafkaSettings(KafkaRig.config(given)).producer();
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return new ProducerConfig(settings);
    }

    @Test
    void nothingIsConfirmedBeforeAllReplicasHaveItAndNothingIsDoubled() {
        ProducerConfig producer = producer(Map.of());
        // Kafka's number for "all".
        assertThat(producer.getString(ProducerConfig.ACKS_CONFIG)).isEqualTo("-1");
        assertThat(producer.getBoolean(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG)).isTrue();
        assertThat(producer.getInt(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({ "none, none", "GZIP, gzip", "' Lz4 ', lz4", "snappy, snappy", "zstd, zstd" })
    void compressionIsAsAskedFor(String asked, String used) {
        assertThat(producer(Map.of("kafka.compression", asked)).getString(ProducerConfig.COMPRESSION_TYPE_CONFIG))
                .isEqualTo(used);
    }

    @Test
    void aRecordMayBeAsLargeAsAskedFor() {
        assertThat(producer(Map.of("kafka.max-message-bytes", "16M")).getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG))
                .isEqualTo(16 << 20);
    }
}
