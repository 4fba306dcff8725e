package dev.heartbeat.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

import dev.heartbeat.model.Printable;

/**
 * Where do records go that nobody can read? To a topic beside theirs, with the reason in a header. Until they are there they
 * are
 * not settled, so none is ever lost: what fails is tried again, less and less often.
 */
final class KafkaParking {
    static final String SUFFIX = ".parked";
    static final String REASON = "heartbeat-reason";
    static final String TOPIC = "heartbeat-topic";
    static final String PARTITION = "heartbeat-partition";
    static final String OFFSET = "heartbeat-offset";
    private static final Logger LOG = Logger.getLogger(KafkaParking.class);
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final int LONGEST_DOUBLING = 7;
    private static final int LONGEST_REASON = 2000;

    private final KafkaCluster cluster;
    private final AtomicLong parked = new AtomicLong();
    private final ScheduledExecutorService work = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "heartbeat-kafka-parking");
        thread.setDaemon(true);
        return thread;
    });
    private KafkaProducer<byte[], byte[]> producer;
    private boolean failing;

    KafkaParking(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    long parked() {
        return parked.get();
    }

    /** Completes once the record is parked and settled, or is none of our business any more. */
    CompletableFuture<Void> park(KafkaArrival arrival, String reason) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        later(() -> tryToPark(arrival, reason, 0, done), 0);
        return done;
    }

    private void tryToPark(KafkaArrival arrival, String reason, int attempt, CompletableFuture<Void> done) {
        if (arrival.share().isGone()) {
            done.complete(null);
            return;
        }
        try {
            send(arrival, reason);
            parked.incrementAndGet();
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

    private void send(KafkaArrival arrival, String reason) throws Exception {
        String topic = arrival.record().topic() + SUFFIX;
        Optional<String> trouble = cluster.trouble(topic);
        if (trouble.isPresent()) {
            throw new UndeliveredException(trouble.get());
        }
        if (producer == null) {
            producer = new KafkaProducer<>(cluster.settings().producer(), new ByteArraySerializer(),
                    new ByteArraySerializer());
        }
        try {
            producer.send(parked(topic, arrival, arrival.record().value(), reason)).get();
        } catch (Exception e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) {
                throw e;
            }
            // With the headers it is larger than it was.
            producer.send(parked(topic, arrival, null, reason + " (" + arrival.body().length + " bytes, SHA-256 "
                    + Rejections.sha256(arrival.body()) + ", body not kept)")).get();
        }
    }

    private static ProducerRecord<byte[], byte[]> parked(String topic, KafkaArrival arrival, byte[] value, String reason) {
        ConsumerRecord<byte[], byte[]> original = arrival.record();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, null, original.key(), value, original.headers());
        header(record, REASON, reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason);
        header(record, TOPIC, original.topic());
        header(record, PARTITION, String.valueOf(original.partition()));
        header(record, OFFSET, String.valueOf(original.offset()));
        return record;
    }

    private static void header(ProducerRecord<byte[], byte[]> record, String name, String text) {
        record.headers().remove(name).add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void worked() {
        if (failing) {
            failing = false;
            LOG.info("records that can not be read are parked again");
        }
    }

    private void failed(KafkaArrival arrival, Exception failure) {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
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
        work.execute(() -> {
            if (producer != null) {
                producer.close(Duration.ZERO);
            }
        });
        work.shutdown();
    }
}
