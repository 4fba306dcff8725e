package dev.heartbeat.transport;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** How does a record get to its parking topic? By a producer of its own, made when it is first needed. Used on one thread. */
final class KafkaParkway {
    static final String SUFFIX = ".parked";
    static final String REASON = "heartbeat-reason";
    static final String TOPIC = "heartbeat-topic";
    static final String PARTITION = "heartbeat-partition";
    static final String OFFSET = "heartbeat-offset";
    private static final int LONGEST_REASON = 2000;
    /** A topic that was refused to us is not tried for every record. */
    private static final Duration REFUSED_FOR = Duration.ofSeconds(3);

    private final KafkaCluster cluster;
    private final Map<String, Refusal> refusals = new HashMap<>();
    private KafkaProducer<byte[], byte[]> producer;

    private record Refusal(String words, long nanos) {
        boolean isRecent() {
            return System.nanoTime() - nanos < REFUSED_FOR.toNanos();
        }
    }

    KafkaParkway(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    /** Null once the topic has it; else why the broker will never take it. Fails with what may pass. */
    String take(KafkaArrival arrival, String reason) throws Exception {
        String topic = arrival.record().topic() + SUFFIX;
        Refusal former = refusals.get(topic);
        if (former != null && former.isRecent()) {
            return former.words();
        }
        Optional<String> trouble = cluster.trouble(topic);
        if (trouble.isPresent() && !cluster.isUp()) {
            throw new UndeliveredException(trouble.get());
        }
        return trouble.isPresent() ? trouble.get() : send(topic, arrival, reason);
    }

    private String send(String topic, KafkaArrival arrival, String reason) throws Exception {
        try {
            send(topic, arrival.record(), arrival.body(), reason);
            return null;
        } catch (Exception e) {
            close();
            String words = cluster.broken().inWords(e);
            if (isOfTheTopic(e.getCause())) {
                refusals.put(topic, new Refusal(words, System.nanoTime()));
                return words;
            }
            if (isOfTheRecord(e.getCause())) {
                return words;
            }
            throw e;
        }
    }

    private static boolean isOfTheTopic(Throwable cause) {
        return cause instanceof AuthorizationException || cause instanceof InvalidTopicException
                || cause instanceof PolicyViolationException;
    }

    private static boolean isOfTheRecord(Throwable cause) {
        return cause instanceof RecordTooLargeException || cause instanceof InvalidRecordException;
    }

    private void send(String topic, ConsumerRecord<byte[], byte[]> record, byte[] body, String reason) throws Exception {
        if (producer == null) {
            producer = new KafkaProducer<>(cluster.settings().producer(), new ByteArraySerializer(),
                    new ByteArraySerializer());
        }
        try {
            producer.send(parked(topic, record, record.value(), reason)).get();
        } catch (Exception e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) {
                throw e;
            }
            // With the headers it is larger than it was.
            producer.send(parked(topic, record, null, reason + " (" + body.length + " bytes, SHA-256 "
                    + Rejections.sha256(body) + ", body not kept)")).get();
        }
    }

    private static ProducerRecord<byte[], byte[]> parked(String topic, ConsumerRecord<byte[], byte[]> original, byte[] value,
            String reason) {
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

    /** The next one makes another producer. */
    void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
