package dev.heartbeat.transport;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jboss.logging.Logger;

import dev.heartbeat.model.Printable;
import io.smallrye.mutiny.Multi;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;

/**
 * What carries heartbeats when both roles are in one process? What goes out comes in, by the demand of whoever takes it; the
 * side that nobody else uses is idle.
 */
@ApplicationScoped
@Connector(MemoryConnector.NAME)
public class MemoryConnector implements InboundConnector, OutboundConnector {
    public static final String NAME = "heartbeat-memory";
    private static final Logger LOG = Logger.getLogger(MemoryConnector.class);

    private final Links links;
    private final Clock clock = Clock.systemUTC();
    private final CompletableFuture<Flow.Subscriber<? super Message<?>>> taker = new CompletableFuture<>();
    private final CompletableFuture<Flow.Subscription> giver = new CompletableFuture<>();
    private final AtomicLong rejected = new AtomicLong();
    private volatile boolean wanted;

    public MemoryConnector(Links links) {
        this.links = links;
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config channel) {
        wanted = true;
        return Multi.createFrom().<Message<?>> publisher(subscriber -> {
            subscriber.onSubscribe(new Demand());
            taker.complete(subscriber);
        });
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config channel) {
        return new Passage();
    }

    /** How many heartbeats were thrown away since the start, because they could not be taken. */
    public long rejected() {
        return rejected.get();
    }

    /** What the taker asks for is asked of the giver, now or when there is one. */
    private final class Demand implements Flow.Subscription {
        @Override
        public void request(long n) {
            giver.thenAccept(subscription -> subscription.request(n));
        }

        @Override
        public void cancel() {
            giver.thenAccept(Flow.Subscription::cancel);
        }
    }

    private final class Passage implements Flow.Subscriber<Message<?>> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            if (wanted) {
                up(Links.Side.IN);
            } else {
                subscription.request(Long.MAX_VALUE);
            }
            up(Links.Side.OUT);
            giver.complete(subscription);
        }

        @Override
        public void onNext(Message<?> message) {
            Flow.Subscriber<? super Message<?>> subscriber = taker.getNow(null);
            if (subscriber == null) {
                message.ack();
            } else {
                TraceSpan span = message.getMetadata(Envelope.class).map(MemoryConnector::publishing).orElse(TraceSpan.NONE);
                Delivery delivery = new Delivery(clock.instant(), false, null, new HandedOver(span.headers()));
                subscriber.onNext(message.addMetadata(delivery).withAck(() -> {
                    span.end();
                    return message.ack();
                }).withNack(cause -> {
                    span.failed(cause);
                    rejected.incrementAndGet();
                    LOG.warnf("Dropped a heartbeat of our own: %s", Printable.text(cause.getMessage()));
                    return message.ack();
                }));
            }
        }

        @Override
        public void onError(Throwable failure) {
            taker.thenAccept(subscriber -> subscriber.onError(failure));
        }

        @Override
        public void onComplete() {
            taker.thenAccept(Flow.Subscriber::onComplete);
        }
    }

    private static TraceSpan publishing(Envelope envelope) {
        return envelope.trace().publishing(HandedOver.SYSTEM, HandedOver.DESTINATION, envelope.messageId());
    }

    /** What came from this same process. */
    private record HandedOver(Map<String, String> headers) implements Origin {
        private static final String SYSTEM = "memory";
        private static final String DESTINATION = "heartbeats";

        @Override
        public String system() {
            return SYSTEM;
        }

        @Override
        public String destination() {
            return DESTINATION;
        }

        @Override
        public String header(String name) {
            return headers.get(name);
        }
    }

    private void up(Links.Side side) {
        links.set(side, new Links.Status(true, true, clock.instant(), null));
    }
}
