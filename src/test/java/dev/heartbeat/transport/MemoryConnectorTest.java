package dev.heartbeat.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

class MemoryConnectorTest {
    private final Links links = new Links();
    private final MemoryConnector connector = new MemoryConnector(links);
    private final AtomicLong requested = new AtomicLong();

    @SuppressWarnings("unchecked")
    private Flow.Subscriber<Message<?>> out() {
        Flow.Subscriber<Message<?>> out = (Flow.Subscriber<Message<?>>) connector
                .getSubscriber(ConfigProvider.getConfig());
        out.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                requested.addAndGet(n);
            }

            @Override
            public void cancel() {
                requested.set(0);
            }
        });
        return out;
    }

    @SuppressWarnings("unchecked")
    private Receiver in(long demand) {
        Receiver receiver = new Receiver(demand);
        ((Flow.Publisher<Message<byte[]>>) connector.getPublisher(ConfigProvider.getConfig())).subscribe(receiver);
        return receiver;
    }

    private static Message<byte[]> message(List<String> answers) {
        return Message.of(new byte[] { 1 }, () -> {
            answers.add("ack");
            return CompletableFuture.completedFuture(null);
        }, cause -> {
            answers.add("nack");
            return CompletableFuture.completedFuture(null);
        });
    }

    @Test
    void whatGoesOutComesInAndIsAcknowledgedThrough() {
        Receiver receiver = in(10);
        Flow.Subscriber<Message<?>> out = out();
        List<String> answers = new ArrayList<>();
        out.onNext(message(answers));
        Delivery delivery = receiver.await1().getMetadata(Delivery.class).orElseThrow();
        assertThat(delivery.backlog()).isFalse();
        assertThat(delivery.received()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(answers).isEmpty();
        receiver.await1().ack();
        assertThat(answers).containsExactly("ack");
    }

    @Test
    void onlyWhatIsAskedForIsAskedFor() {
        Receiver receiver = in(3);
        out();
        assertThat(requested).hasValue(3);
        receiver.request(2);
        assertThat(requested).hasValue(5);
    }

    @Test
    void bothLinksAreUpAndDrained() {
        in(1);
        out();
        for (Links.Side side : Links.Side.values()) {
            assertThat(links.status(side)).matches(status -> status.up() && status.drained());
        }
    }

    @Test
    void whatNobodyTakesIsDroppedAndAcknowledged() {
        Flow.Subscriber<Message<?>> out = out();
        List<String> answers = new ArrayList<>();
        out.onNext(message(answers));
        assertThat(answers).containsExactly("ack");
        assertThat(requested).hasValue(Long.MAX_VALUE);
        assertThat(links.status(Links.Side.IN)).isNull();
    }

    @Test
    void theIncomingSideAloneIsIdleAndClaimsNothing() {
        assertThat(in(1).messages).isEmpty();
        assertThat(links.status(Links.Side.IN)).isNull();
    }

    @Test
    void whatIsRefusedIsDroppedAndNotSentForEver() {
        Receiver receiver = in(1);
        List<String> answers = new ArrayList<>();
        out().onNext(message(answers));
        receiver.await1().nack(new IllegalArgumentException("bad"));
        assertThat(answers).containsExactly("ack");
    }
}
