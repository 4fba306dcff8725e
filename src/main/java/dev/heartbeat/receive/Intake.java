package dev.heartbeat.receive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * Which messages are taken together? All that came while the last ones were written, up to a cap in count and bytes: batches by
 * demand, never by a timer.
 */
final class Intake implements Flow.Subscriber<Message<byte[]>> {
    private static final Logger LOG = Logger.getLogger(Intake.class);
    static final int MOST_COUNT = 500;
    static final long MOST_BYTES = 4 << 20;

    private final Function<List<Message<byte[]>>, Uni<Void>> take;
    private final Executor executor;
    private final Deque<Message<byte[]>> waiting = new ArrayDeque<>();
    private Flow.Subscription upstream;
    private boolean busy;

    /**
     * @param take ends when all of them are settled, and never fails
     * @param executor where {@code take} is called: decoding is work, and not for an event loop
     */
    Intake(Function<List<Message<byte[]>>, Uni<Void>> take, Executor executor) {
        this.take = take;
        this.executor = executor;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        subscription.request(MOST_COUNT);
    }

    @Override
    public void onNext(Message<byte[]> message) {
        synchronized (this) {
            waiting.addLast(message);
            if (busy) {
                return;
            }
            busy = true;
        }
        executor.execute(this::takeWaiting);
    }

    @Override
    public void onError(Throwable failure) {
        LOG.error("the stream of heartbeats has ended, which it never should", failure);
    }

    @Override
    public void onComplete() {
        LOG.debug("the stream of heartbeats has ended");
    }

    private void takeWaiting() {
        List<Message<byte[]>> taken = waiting();
        if (!taken.isEmpty()) {
            take.apply(taken).subscribe().with(ignored -> settled(taken.size()), failure -> settled(taken.size()));
        }
    }

    private void settled(int count) {
        upstream.request(count);
        executor.execute(this::takeWaiting);
    }

    /** All that waits, up to the cap; one at least, however large. Empty ends the work until the next message. */
    private synchronized List<Message<byte[]>> waiting() {
        List<Message<byte[]>> taken = new ArrayList<>();
        long bytes = 0;
        while (!waiting.isEmpty() && taken.size() < MOST_COUNT
                && (taken.isEmpty() || bytes + waiting.peekFirst().getPayload().length <= MOST_BYTES)) {
            bytes += waiting.peekFirst().getPayload().length;
            taken.add(waiting.removeFirst());
        }
        busy = !taken.isEmpty();
        return taken;
    }
}
