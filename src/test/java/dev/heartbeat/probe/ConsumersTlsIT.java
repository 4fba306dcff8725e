package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.QueueSpec;
import dev.heartbeat.model.Reason;
import dev.heartbeat.services.Certificates;
import dev.heartbeat.services.RabbitServer;

/** PH calls everything not_ok here: it does not show its management call the authority that signed the certificate. */
class ConsumersTlsIT {
    private static final Certificates CERTIFICATES = RabbitServer.certificates();
    private static final RabbitServer RABBIT = RabbitServer.own();
    private static final QueueSpec Q = Specs.queue("q", "l=svc");

    @Test
    void aPrivateAuthorityIsTrusted() throws Exception {
        try (Connection connection = RABBIT.connect("/"); Channel channel = connection.createChannel()) {
            channel.queueDeclare("q", false, false, true, null);
            channel.basicConsume("q", true, "svc", new DefaultConsumer(channel));
            Asked asked = secured("localhost", CERTIFICATES);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(asked.round(Q))
                    .containsOnly(Map.entry("queue q", Outcome.UP), Map.entry("consumer l", Outcome.UP)));
        }
    }

    @Test
    void anotherAuthorityIsNotTrusted() {
        assertUnknown(secured("localhost", Certificates.create()), "https://localhost:" + RABBIT.managementTlsPort());
    }

    @Test
    void theHostNameIsVerified() {
        assertUnknown(secured("127.0.0.1", CERTIFICATES), "is for another name");
    }

    @Test
    void aPortWithoutTlsIsNotTrusted() {
        Map<String, String> settings = settings("localhost", CERTIFICATES);
        settings.put("rabbitmq.management-port", String.valueOf(RABBIT.managementPort()));
        assertUnknown(Asked.of(settings), "does not speak TLS");
    }

    private static Asked secured(String host, Certificates trusted) {
        return Asked.of(settings(host, trusted));
    }

    private static Map<String, String> settings(String host, Certificates trusted) {
        Map<String, String> settings = Asked.settings(RABBIT.managementTlsPort(), "/", "guest");
        settings.putAll(Map.of("rabbitmq.host", host, "rabbitmq.tls", "true", "rabbitmq.ca-cert-path",
                trusted.authority().toString()));
        return settings;
    }

    private static void assertUnknown(Asked asked, String words) {
        assertThat(asked.round(Q)).hasSize(2).allSatisfy((target, outcome) -> {
            assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
            assertThat(outcome.reason()).isEqualTo(Reason.API_FAILED);
            assertThat(outcome.detail()).contains(words);
        });
    }
}
