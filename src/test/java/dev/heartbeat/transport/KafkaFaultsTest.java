package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaFaultsTest {
    @Test
    void nothingIsWrongWithNothing() {
        assertThat(KafkaFaults.of(Map.of())).isEmpty();
        assertThat(KafkaFaults.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", " ", "KAFKA_SECURITY_PROTOCOL", ""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "kafka:9092", "a.example:9092, b.example:9093", "[::1]:9092", "10.0.0.1:65535" })
    void thisIsWhereABrokerMayBe(String servers) {
        assertThat(KafkaFaults.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", servers))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "kafka", "kafka:", "kafka:0", "kafka:65536", "http://kafka:9092", "a:1,,b:2", ":9092" })
    void thisIsNot(String servers) {
        assertThat(KafkaFaults.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", servers))).singleElement().asString()
                .startsWith("KAFKA_BOOTSTRAP_SERVERS=" + servers + ": ").contains("is not host:port");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "KAFKA_TOPIC|a b|is no name of a topic",
            "KAFKA_LAYOUT|avro|right would be one of healthcheck, heartbeat, metrics",
            "KAFKA_AUTO_OFFSET_RESET|first|right would be one of earliest, latest",
            "KAFKA_COMPRESSION|zip|right would be one of gzip, lz4, none, snappy, zstd",
            "KAFKA_PARTITIONS|0|right would be a whole number from 1",
            "KAFKA_REPLICATION|40000|right would be a whole number from 1 to 32767",
            "KAFKA_SECURITY_PROTOCOL|TLS|right would be one of PLAINTEXT, SASL_PLAINTEXT, SASL_SSL, SSL" })
    void aValueThatIsWrongIsNamedWithWhatWouldBeRight(String variable, String value, String right) {
        assertThat(KafkaFaults.of(Map.of(variable, value))).singleElement().asString()
                .startsWith(variable + "=" + value + ": ").contains(right);
    }

    @Test
    void filesMustBeThereAndHoldWhatTheyShould(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "hello");
        assertThat(KafkaFaults.of(Map.of("KAFKA_SSL_CA_FILE", text.toString(), "KAFKA_SSL_CERT_FILE", folder + "/absent",
                "KAFKA_SSL_KEY_FILE", text.toString()))).containsExactly(
                        "KAFKA_SSL_CA_FILE=" + text + ": holds no certificate in PEM form",
                        "KAFKA_SSL_CERT_FILE=" + folder + "/absent: there is no such file",
                        "KAFKA_SSL_KEY_FILE=" + text + ": holds no private key in PEM form");
    }

    @Test
    void aCertificateNeedsItsKey(@TempDir Path folder) throws Exception {
        Path certificate = Files.writeString(folder.resolve("c.pem"), "-----BEGIN CERTIFICATE-----");
        assertThat(KafkaFaults.of(Map.of("KAFKA_SECURITY_PROTOCOL", "SSL", "KAFKA_SSL_CERT_FILE", certificate.toString())))
                .containsExactly("KAFKA_SSL_CERT_FILE and KAFKA_SSL_KEY_FILE must be set together");
    }

    @Test
    void aLoginNeedsUserPasswordAndAKnownMechanism() {
        assertThat(KafkaFaults.of(Map.of("KAFKA_SECURITY_PROTOCOL", "sasl_ssl", "KAFKA_SASL_MECHANISM", "GSSAPI",
                "KAFKA_SASL_USERNAME", "me"))).containsExactly(
                        "KAFKA_SASL_MECHANISM=GSSAPI: right would be one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512",
                        "KAFKA_SASL_PASSWORD must be set where KAFKA_SECURITY_PROTOCOL is SASL_SSL");
    }
}
