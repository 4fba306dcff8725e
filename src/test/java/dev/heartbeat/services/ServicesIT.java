package dev.heartbeat.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;

class ServicesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aBrokerKeepsWhatWasConfirmedWhenItIsKilled() throws Exception {
        RabbitServer server = RabbitServer.own();
        server.admin().vhost("a/b");
        server.admin().queue("a/b", "q", Map.of());
        try (Connection connection = server.connect("a/b"); Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish("", "q", MessageProperties.PERSISTENT_BASIC, new byte[] { 1 });
            channel.waitForConfirmsOrDie(20_000);
        }
        server.restart();
        try (Connection connection = server.connect("a/b"); Channel channel = connection.createChannel()) {
            assertThat(channel.messageCount("q")).isOne();
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Ports.answers(server.tlsPort())).isTrue());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Ports.answers(server.managementTlsPort())).isTrue());
    }

    @Test
    void aRedisServerComesBackOnItsPort() {
        Certificates certificates = Certificates.create();
        try (RedisServer plain = RedisServer.start("--requirepass", "secret");
                RedisServer tls = RedisServer.start(certificates.server("dns:localhost"))) {
            plain.restart();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(Ports.answers(plain.port())).isTrue());
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(Ports.answers(tls.port())).isTrue());
        }
    }
}
