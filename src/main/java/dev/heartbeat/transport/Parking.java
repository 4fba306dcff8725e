package dev.heartbeat.transport;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;

import dev.heartbeat.model.Printable;

/**
 * Where does a message go that nobody can read? Into {@code <queue>.parked} with the reason in a header; where there can be no
 * such queue it is logged, counted and rejected. The stream never stops for it.
 */
final class Parking implements AutoCloseable {
    private final RabbitConfig config;
    private final Parkway way;
    private final Rejections rejections;
    private final ExecutorService worker = Dial.single("heartbeat-rabbitmq-parking");
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final AtomicLong parked = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private volatile boolean possible;

    Parking(RabbitConfig config, Dial dial) {
        this.config = config;
        this.way = new Parkway(config, dial);
        this.rejections = new Rejections();
    }

    /** At each connect; answers why nothing can be parked, or null. */
    String prepare(Connection connection) throws IOException, TimeoutException {
        String trouble = way.prepare(connection);
        possible = trouble == null;
        return possible ? null : trouble + ": what can not be read is rejected";
    }

    /** Completes when the message is settled, or when its channel is gone so that it will come again. */
    CompletionStage<Void> park(Arrival arrival, String reason) {
        return CompletableFuture.runAsync(() -> settle(arrival, Printable.text(reason)), worker);
    }

    long parked() {
        return parked.get();
    }

    long rejected() {
        return rejected.get();
    }

    @Override
    public void close() {
        closed.complete(null);
        worker.shutdown();
        way.close();
    }

    private void settle(Arrival arrival, String reason) {
        long wait = config.firstRetry().toMillis();
        while (!arrival.channel().isGone() && !closed.isDone()) {
            try {
                if (possible && way.take(arrival, reason)) {
                    parked.incrementAndGet();
                    arrival.channel().settle(arrival, Arrival.State.DONE);
                } else {
                    reject(arrival, reason);
                }
                return;
            } catch (IOException | TimeoutException | ShutdownSignalException e) {
                AMQP.Channel.Close refusal = Parkway.refusal(e);
                if (refusal != null) {
                    possible = refusal.getReplyCode() != AMQP.ACCESS_REFUSED;
                    reject(arrival, reason + "; not parked: " + refusal.getReplyText());
                    return;
                }
                pause(wait);
                wait = Math.min(wait * 2, config.longestRetry().toMillis());
            } catch (RuntimeException e) {
                // Such as headers that fill a frame already and leave no room for ours.
                reject(arrival, reason + "; not parked: " + e.getMessage());
                return;
            }
        }
        arrival.channel().settle(arrival, Arrival.State.DONE);
    }

    private void reject(Arrival arrival, String reason) {
        rejected.incrementAndGet();
        rejections.log(arrival.body(), reason);
        arrival.channel().settle(arrival, Arrival.State.REJECTED);
    }

    private void pause(long millis) {
        try {
            closed.get(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            // Time to try again.
        }
    }
}
