package dev.heartbeat.transport;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import dev.heartbeat.model.Printable;
import dev.heartbeat.transport.KafkaDeparture.Hope;

/**
 * How do heartbeats leave for Kafka? All records of a message go out together, and it is acknowledged once all replicas have
 * each
 * of them. While the cluster does not answer it is refused at once, so that nothing gathers here.
 */
final class KafkaOutbound implements Flow.Subscriber<Message<byte[]>> {
    private static final Logger LOG = Logger.getLogger(KafkaOutbound.class);
    private static final int IN_FLIGHT = 16;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final KafkaCluster cluster;
    private final KafkaStanding standing;
    /** Kafka's client blocks until it knows a topic's partitions, so it is called by nobody else's thread. */
    private final ExecutorService sender = Dial.single("heartbeat-kafka-send");
    private KafkaProducer<String, byte[]> producer;
    /** By the message's id: what of it is confirmed while the rest is not. */
    private final Map<String, BitSet> halves = new LinkedHashMap<>();
    /** Why there are topics that refuse what is sent to them, although they are there. */
    private final Map<String, String> refusing = new ConcurrentSkipListMap<>();
    private volatile Flow.Subscription upstream;

    KafkaOutbound(KafkaCluster cluster, Links links, Clock clock) {
        this.cluster = cluster;
        this.standing = new KafkaStanding(links, Links.Side.OUT, clock,
                "Kafka at " + Printable.text(cluster.config().bootstrapServers()));
    }

    void start() {
        cluster.watch(() -> standing.say(cluster.isUp(), false, detail()));
    }

    /** What is wrong with the cluster, or with what it takes; null when there is nothing to say. */
    private String detail() {
        Stream<String> refusals = cluster.isUp() ? refusing.values().stream() : Stream.empty();
        String all = Stream.concat(Stream.ofNullable(cluster.detail()), refusals).collect(Collectors.joining("; "));
        return all.isEmpty() ? null : all;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        subscription.request(IN_FLIGHT);
    }

    @Override
    public void onNext(Message<byte[]> message) {
        KafkaDeparture departure = new KafkaDeparture(message, cluster.config().topic(), known(message),
                this::answered);
        if (!cluster.isUp()) {
            departure.refused(cluster.detail() == null ? "not connected yet" : cluster.detail());
            return;
        }
        try {
            sender.execute(() -> send(departure));
        } catch (RejectedExecutionException e) {
            departure.refused("the link is closed");
        }
    }

    /** What is sent again sends only what was not confirmed. */
    private BitSet known(Message<byte[]> message) {
        synchronized (halves) {
            BitSet half = halves.remove(KafkaDeparture.envelope(message).messageId());
            return half == null ? new BitSet() : half;
        }
    }

    private void answered(KafkaDeparture departure) {
        BitSet half = departure.half();
        if (!half.isEmpty()) {
            synchronized (halves) {
                halves.put(departure.id(), half);
                // Of the oldest nobody will speak again: it was given up, or dropped.
                if (halves.size() > IN_FLIGHT) {
                    halves.remove(halves.keySet().iterator().next());
                }
            }
        }
        upstream.request(1);
    }

    private void send(KafkaDeparture departure) {
        Map<String, Optional<Fault>> topics = new HashMap<>();
        List<LogRecord> records = departure.records();
        boolean none = true;
        for (int i = 0; i < records.size(); i++) {
            if (departure.isConfirmed(i)) {
                continue;
            }
            none = false;
            LogRecord record = records.get(i);
            String topic = record.topic() == null ? cluster.config().topic() : record.topic();
            Optional<Fault> fault = topics.computeIfAbsent(topic, this::fault);
            if (fault.isPresent()) {
                failed(departure, i, fault.get());
            } else {
                send(departure, i, record(departure, topic, record));
            }
        }
        if (none) {
            departure.sentAll();
        }
    }

    private static ProducerRecord<String, byte[]> record(KafkaDeparture departure, String topic, LogRecord record) {
        ProducerRecord<String, byte[]> leaving = new ProducerRecord<>(topic, record.key(), record.value());
        departure.headers().forEach((name, value) -> leaving.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return leaving;
    }

    private void send(KafkaDeparture departure, int index, ProducerRecord<String, byte[]> record) {
        KafkaProducer<String, byte[]> by = producer;
        try {
            by.send(record, (place, failure) -> {
                if (failure == null) {
                    refusing.remove(record.topic());
                    departure.confirmed(index);
                } else {
                    failed(departure, index, fault(record.topic(), failure, by));
                }
            });
        } catch (RuntimeException e) {
            failed(departure, index, fault(record.topic(), e, by));
        }
    }

    private void failed(KafkaDeparture departure, int index, Fault fault) {
        departure.failed(index, fault.reason(), fault.hope());
    }

    /** Why is a record not where it should be? */
    private record Fault(String reason, Hope hope) {
    }

    /** Asked once per topic and message, so that the wait for a topic that is not there is not one for each record. */
    private Optional<Fault> fault(String topic) {
        try {
            Optional<String> trouble = cluster.trouble(topic);
            if (trouble.isPresent()) {
                return Optional.of(new Fault(trouble.get(), Hope.ONCE_MENDED));
            }
            if (producer == null) {
                producer = new KafkaProducer<>(cluster.settings().producer(), new StringSerializer(),
                        new ByteArraySerializer());
            }
            producer.partitionsFor(topic);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(fault(topic, e, producer));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Fault("interrupted", Hope.SOON));
        }
    }

    private Fault fault(String topic, Exception failure, KafkaProducer<?, ?> by) {
        Hope hope = hope(failure);
        if (hope == Hope.SOON && !(failure instanceof RetriableException)) {
            renew(by);
        }
        String reason = "topic " + Printable.text(topic) + ": " + cluster.broken().inWords(failure);
        if (hope == Hope.ONCE_MENDED) {
            refusing.put(topic, reason);
        }
        return new Fault(reason, hope);
    }

    private static Hope hope(Exception failure) {
        if (failure instanceof RecordTooLargeException) {
            return Hope.NONE;
        }
        return failure instanceof TopicAuthorizationException || failure instanceof InvalidTopicException ? Hope.ONCE_MENDED
                : Hope.SOON;
    }

    /** A producer that has failed for good is of no use any more. */
    private void renew(KafkaProducer<?, ?> failed) {
        try {
            sender.execute(() -> {
                if (failed != null && producer == failed) {
                    producer.close(Duration.ZERO);
                    producer = null;
                }
            });
        } catch (RejectedExecutionException e) {
            // Closed, and the producer with it.
        }
    }

    static void gaveUp(int count, List<String> reasons) {
        LOG.errorf("%d observations are given up, because they can not be sent: %s", count, String.join("; ", reasons));
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
        sender.execute(() -> {
            if (producer != null) {
                producer.close(LAST_WORDS);
            }
        });
        sender.shutdown();
    }
}
