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
 * demand, never by a timer. A batch that is full need not wait for the former one to be settled.
 */
final class Intake implements Flow.Subscriber<Message<byte[]>> {
    private static final Logger LOG = Logger.getLogger(Intake.class);
    static final int MOST_COUNT = 500;
    static final long MOST_BYTES = 4 << 20;
    /** One is read, one goes into the history, one makes states. */
    static final int MOST_BATCHES = 3;

    private final Function<List<Message<byte[]>>, Uni<Void>> take;
    private final Executor executor;
    private final Deque<Message<byte[]>> waiting = new ArrayDeque<>();
    private Flow.Subscription upstream;
    private long waitingBytes;
    private int batches;
    private boolean taking;

    /**
     * @param take is called with one batch after the other, ends when all of them are settled, and never fails
     * @param executor where {@code take} is called: decoding is work, and not for an event loop
     */
    Intake(Function<List<Message<byte[]>>, Uni<Void>> take, Executor executor) {
        this.take = take;
        this.executor = executor;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        subscription.request((long) MOST_BATCHES * MOST_COUNT);
    }

    @Override
    public void onNext(Message<byte[]> message) {
        synchronized (this) {
            waiting.addLast(message);
            waitingBytes += message.getPayload().length;
        }
        takeOn();
    }

    @Override
    public void onError(Throwable failure) {
        LOG.error("the stream of heartbeats has ended, which it never should", failure);
    }

    @Override
    public void onComplete() {
        LOG.debug("the stream of heartbeats has ended");
    }

    private void takeOn() {
        synchronized (this) {
            if (taking || !mayTake()) {
                return;
            }
            taking = true;
        }
        executor.execute(this::takeWaiting);
    }

    private void takeWaiting() {
        for (List<Message<byte[]>> taken = next(); !taken.isEmpty(); taken = next()) {
            int count = taken.size();
            take.apply(taken).subscribe().with(ignored -> settled(count), failure -> settled(count));
        }
    }

    private void settled(int count) {
        upstream.request(count);
        synchronized (this) {
            batches--;
        }
        takeOn();
    }

    private boolean mayTake() {
        boolean full = waiting.size() >= MOST_COUNT || waitingBytes >= MOST_BYTES;
        return !waiting.isEmpty() && (batches == 0 || full && batches < MOST_BATCHES);
    }

    /** All that waits, up to the cap; one at least, however large. Empty when there is nothing to take now. */
    private synchronized List<Message<byte[]>> next() {
        taking = mayTake();
        List<Message<byte[]>> taken = new ArrayList<>();
        long bytes = 0;
        while (taking && !waiting.isEmpty() && taken.size() < MOST_COUNT
                && (taken.isEmpty() || bytes + waiting.peekFirst().getPayload().length <= MOST_BYTES)) {
            bytes += waiting.peekFirst().getPayload().length;
            taken.add(waiting.removeFirst());
        }
        waitingBytes -= bytes;
        batches += taking ? 1 : 0;
        return taken;
    }
}
