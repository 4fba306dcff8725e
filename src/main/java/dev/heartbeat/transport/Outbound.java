package dev.heartbeat.transport;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Flow;

import org.eclipse.microprofile.reactive.messaging.Message;

import com.rabbitmq.client.Connection;

/**
 * How do heartbeats leave? Each message is published with a confirm and acknowledged or refused exactly once; while the link
 * is down it is refused at once, so that nothing gathers here.
 */
final class Outbound implements RabbitLink.Role, Flow.Subscriber<Message<byte[]>> {
    /** Few enough to be nothing in memory, enough to keep a broker busy. */
    private static final int IN_FLIGHT = 128;

    private final RabbitConfig config;
    private final ExecutorService sender = Dial.single("heartbeat-rabbitmq-send");
    private volatile RabbitLink link;
    private volatile Confirms confirms;
    private volatile Flow.Subscription upstream;

    Outbound(RabbitConfig config) {
        this.config = config;
    }

    @Override
    public Links.Side side() {
        return Links.Side.OUT;
    }

    @Override
    public String begin(RabbitLink ownLink, Connection connection, Topology.Found found) throws IOException {
        if (!found.exchange()) {
            throw new LinkDownException(found.detail());
        }
        link = ownLink;
        confirms = new Confirms(config, ownLink, connection);
        return null;
    }

    @Override
    public void tick() {
        confirms.expire();
    }

    @Override
    public void leave() {
        // What is not confirmed by now is refused when the connection is gone.
    }

    @Override
    public void end(String reason) {
        Confirms former = confirms;
        confirms = null;
        if (former != null) {
            former.end(reason);
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        subscription.request(IN_FLIGHT);
    }

    @Override
    public void onNext(Message<byte[]> message) {
        Departure departure = new Departure(message, config.exchange(), () -> upstream.request(1));
        Confirms now = confirms;
        if (now == null) {
            departure.refused(new LinkDownException("the link to the broker is down"));
        } else if (link.standing().isBlocked()) {
            departure.refused(new LinkDownException(link.standing().detail()));
        } else {
            // The socket may block, whoever calls must not.
            now.expect(departure);
            sender.execute(() -> now.publish(departure));
        }
    }

    @Override
    public void onError(Throwable failure) {
        onComplete();
    }

    @Override
    public void onComplete() {
        // No more comes; what is under way still gets its answer.
    }

    void close() {
        sender.shutdown();
    }
}
