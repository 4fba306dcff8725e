package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.QueueSpec;
import dev.heartbeat.services.RabbitServer;

class ConsumersManyIT {
    private static final int QUEUES = 500;
    private static final String VHOST = "consumers-many";
    private static final RabbitServer RABBIT = RabbitServer.shared();

    @Test
    void aRoundAnswersForEachOfManyQueues() throws Exception {
        RABBIT.admin().vhost(VHOST);
        try (Connection connection = RABBIT.connect(VHOST); Channel channel = connection.createChannel()) {
            for (int i = 0; i < QUEUES; i++) {
                channel.queueDeclare("work" + i, false, false, true, null);
                channel.basicConsume("work" + i, true, "svc-" + i, new DefaultConsumer(channel));
            }
            QueueSpec[] specs = IntStream.range(0, QUEUES).mapToObj(i -> Specs.queue("work" + i, "l" + i + "=^svc-" + i + "$"))
                    .toArray(QueueSpec[]::new);
            Asked asked = Asked.of(RABBIT.managementPort(), VHOST, "guest");
            await().atMost(Duration.ofSeconds(60)).untilAsserted(
                    () -> assertThat(asked.round(specs)).hasSize(2 * QUEUES).allSatisfy(
                            (target, outcome) -> assertThat(outcome).isEqualTo(Outcome.UP)));
        }
    }
}
