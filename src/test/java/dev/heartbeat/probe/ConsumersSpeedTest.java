package dev.heartbeat.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.QueueSpec;
import dev.heartbeat.services.RabbitServer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;

class ConsumersSpeedTest {
    private static final int QUEUES = 500;
    private static final int WARM_UP = 40;
    private static final int TURNS = 21;
    private static final String VHOST = "consumers-speed";
    private static final RabbitServer RABBIT = RabbitServer.shared();

    private final HttpClient client = Asked.VERTX.createHttpClient();

    @Test
    void aRoundOfManyQueuesTakesHardlyLongerThanItsOneRequest() throws Exception {
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
            compare(() -> asked.round(specs));
        }
    }

    /** Turn by turn, so that both meet the same broker and the same machine. */
    private void compare(Runnable round) {
        List<Long> rounds = new ArrayList<>();
        List<Long> gets = new ArrayList<>();
        for (int turn = -WARM_UP; turn < TURNS; turn++) {
            long get = nanos(this::get);
            long whole = nanos(round);
            if (turn >= 0) {
                gets.add(get);
                rounds.add(whole);
            }
        }
        double ratio = (double) median(rounds) / median(gets);
        System.out.printf("%d queues, warm round: median %.1f ms, bare GET %.1f ms, ratio %.2f%n", QUEUES, median(rounds) / 1e6,
                median(gets) / 1e6, ratio);
        assertThat(ratio).isLessThan(2);
    }

    private void get() {
        client.request(HttpMethod.GET, RABBIT.managementPort(), "localhost",
                "/api/consumers/" + VHOST + "?columns=" + ConsumersReading.COLUMNS_OF_VHOST)
                .map(request -> request.putHeader("Authorization", "Basic Z3Vlc3Q6Z3Vlc3Q="))
                .compose(HttpClientRequest::send).compose(HttpClientResponse::body)
                .toCompletionStage().toCompletableFuture().join();
    }

    private static long nanos(Runnable task) {
        long start = System.nanoTime();
        task.run();
        return System.nanoTime() - start;
    }

    private static long median(List<Long> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }
}
