package dev.heartbeat.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

import dev.heartbeat.model.Printable;

/**
 * Where do records go that nobody can read? To a topic beside theirs, with the reason in a header. What the broker will not
 * have there is logged and counted; what fails for now is tried again, less and less often, and is not settled until then.
 */
final class KafkaParking {
    static final String SUFFIX = KafkaParkway.SUFFIX;
    private static final Logger LOG = Logger.getLogger(KafkaParking.class);
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final int LONGEST_DOUBLING = 7;

    private final KafkaCluster cluster;
    private final KafkaParkway way;
    private final Rejections rejections = new Rejections();
    private final AtomicLong parked = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final ScheduledExecutorService work = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "heartbeat-kafka-parking");
        thread.setDaemon(true);
        return thread;
    });
    private boolean failing;

    KafkaParking(KafkaCluster cluster) {
        this.cluster = cluster;
        this.way = new KafkaParkway(cluster);
    }

    long parked() {
        return parked.get();
    }

    long rejected() {
        return rejected.get();
    }

    /** Completes once the record is parked or given up, and settled, or is none of our business any more. */
    CompletableFuture<Void> park(KafkaArrival arrival, String reason) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        later(() -> tryToPark(arrival, reason, 0, done), 0);
        return done;
    }

    private void tryToPark(KafkaArrival arrival, String reason, int attempt, CompletableFuture<Void> done) {
        if (!arrival.share().isOpen(arrival)) {
            done.complete(null);
            return;
        }
        try {
            String refusal = way.take(arrival, reason);
            if (refusal == null) {
                parked.incrementAndGet();
            } else {
                reject(arrival, reason + "; not parked: " + refusal);
            }
            arrival.share().settle(arrival);
            worked();
            done.complete(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            failed(arrival, e);
            later(() -> tryToPark(arrival, reason, attempt + 1, done),
                    FIRST_PAUSE_MILLIS << Math.min(attempt, LONGEST_DOUBLING));
        }
    }

    private void reject(KafkaArrival arrival, String reason) {
        rejected.incrementAndGet();
        ConsumerRecord<byte[], byte[]> record = arrival.record();
        rejections.log(arrival.body(), "topic " + record.topic() + ", partition " + record.partition() + ", offset "
                + record.offset() + ": " + reason);
    }

    private void worked() {
        if (failing) {
            failing = false;
            LOG.info("records that can not be read are dealt with again");
        }
    }

    private void failed(KafkaArrival arrival, Exception failure) {
        if (!failing) {
            failing = true;
            LOG.errorf(
                    "a record of topic %s that can not be read can not be parked either, and is tried again until it can: %s",
                    Printable.text(arrival.record().topic()), cluster.broken().inWords(failure));
        }
    }

    private void later(Runnable task, long millis) {
        try {
            work.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closed: it is not settled, so it comes again.
        }
    }

    void close() {
        work.execute(way::close);
        work.shutdown();
    }
}
