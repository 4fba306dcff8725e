package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class RabbitConfigTest {
    private static RabbitConfig environment(Map<String, String> variables) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(RabbitConfig.class)
                .withSources(new EnvConfigSource(variables, 300)).build().getConfigMapping(RabbitConfig.class);
    }

    @Test
    void whatIsNotSetIsAsPhHasIt() {
        RabbitConfig config = environment(Map.of());
        assertThat(RabbitAddress.of(config)).isEqualTo(new RabbitAddress("localhost", 5672, 15672, false));
        assertThat(config.user() + config.pass() + config.vhost()).isEqualTo("guestguest/");
        assertThat(config.exchange()).isEqualTo("my_topic_exchange");
        assertThat(config.queue()).isEqualTo("my_queue");
        assertThat(Topology.routingKey(config)).isEqualTo("service.heartbeat");
        assertThat(config.caCertPath()).isEmpty();
        assertThat(config.unackedBytes().asLongValue()).isEqualTo(8 << 20);
        assertThat(config.maxMessageBytes().asLongValue()).isEqualTo(4 << 20);
    }

    @Test
    void theReferenceDeploymentsVariablesAreUnderstood() {
        RabbitConfig config = environment(Map.of("RABBITMQ_TLS", "True", "RABBITMQ_PORT", "5671", "RABBITMQ_EXCHANGE", "sda",
                "RABBITMQ_QUEUE", "heartbeat", "RABBITMQ_ROUTING_KEY", "sda_heartbeat", "RABBITMQ_CA_CERT_PATH", "/ca.pem",
                "RABBITMQ_HOST", "mq", "RABBITMQ_DECLARE", "Passive", "RABBITMQ_NODENAME", "rabbit@elsewhere"));
        assertThat(RabbitAddress.of(config)).isEqualTo(new RabbitAddress("mq", 5671, 15671, true))
                .hasToString("amqps://mq:5671");
        assertThat(config.caCertPath()).contains("/ca.pem");
        assertThat(config.declare()).isEqualTo(RabbitConfig.Declare.PASSIVE);
        assertThat(Topology.routingKey(config)).isEqualTo("sda_heartbeat");
    }

    @Test
    void onlyTheWordTrueSwitchesTlsOn() {
        assertThat(RabbitAddress.of(environment(Map.of("RABBITMQ_TLS", "yes"))).tls()).isFalse();
        assertThat(RabbitAddress.of(environment(Map.of("RABBITMQ_TLS", "1"))).tls()).isFalse();
        assertThat(RabbitAddress.of(environment(Map.of("RABBITMQ_TLS", "TRUE", "RABBITMQ_TLS_PORT", "5",
                "RABBITMQ_MANAGEMENT_PORT", "6")))).isEqualTo(new RabbitAddress("localhost", 5, 6, true));
    }

    @Test
    void anEmptyPathIsNoPath() {
        assertThat(environment(Map.of("RABBITMQ_CA_CERT_PATH", "")).caCertPath()).isEmpty();
    }
}
