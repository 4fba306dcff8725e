package dev.heartbeat.transport;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.eclipse.microprofile.reactive.messaging.Message;

/** Which records of one message has the cluster confirmed? Answers the message exactly once, when each of them is answered. */
final class KafkaDeparture {
    private final Message<byte[]> message;
    private final Envelope envelope;
    private final List<LogRecord> records;
    private final TraceSpan span;
    private final Map<String, String> headers;
    private final Consumer<KafkaDeparture> answered;
    private final BitSet confirmed;
    private final BitSet hopeless = new BitSet();
    private boolean mendable;
    private final List<String> reasons = new ArrayList<>();
    private int open;

    /** What would become of a record that failed, if it were sent again? */
    enum Hope {
        /** It may arrive, so it is sent again before anything else is. */
        SOON,
        /** It fails until somebody mends its topic, and nothing else waits for that. */
        ONCE_MENDED,
        /** It fails for ever, and is given up. */
        NONE
    }

    /**
     * @param topic where records go that name none
     * @param confirmed the records that an earlier attempt at the same message has brought over
     * @param answered called just before the message is answered
     */
    KafkaDeparture(Message<byte[]> message, String topic, BitSet confirmed, Consumer<KafkaDeparture> answered) {
        this.message = message;
        this.envelope = envelope(message);
        this.confirmed = confirmed;
        this.answered = answered;
        this.records = records(message, envelope);
        this.open = records.size() - confirmed.cardinality();
        this.span = envelope.trace().publishing(KafkaOrigin.SYSTEM, topic, envelope.messageId())
                .with("messaging.batch.message_count", open);
        this.headers = span.headers();
    }

    static Envelope envelope(Message<?> message) {
        return message.getMetadata(Envelope.class)
                .orElseThrow(() -> new IllegalArgumentException("a message for Kafka needs an envelope"));
    }

    String id() {
        return envelope.messageId();
    }

    List<LogRecord> records() {
        return records;
    }

    /** A heartbeat that was not taken apart goes as it is. */
    private static List<LogRecord> records(Message<byte[]> message, Envelope envelope) {
        return envelope.records().isEmpty() && message.getPayload().length > 0
                ? List.of(new LogRecord(null, envelope.messageId(), message.getPayload()))
                : envelope.records();
    }

    /** What each of its records carries; empty where nobody traces it. */
    Map<String, String> headers() {
        return headers;
    }

    synchronized boolean isConfirmed(int index) {
        return confirmed.get(index);
    }

    /** Which of its records are over there while others are not; empty where there is no such difference. */
    synchronized BitSet half() {
        return confirmed.cardinality() < records.size() ? (BitSet) confirmed.clone() : new BitSet();
    }

    void confirmed(int index) {
        answer(() -> confirmed.set(index));
    }

    void failed(int index, String reason, Hope hope) {
        answer(() -> {
            if (!reasons.contains(reason)) {
                reasons.add(reason);
            }
            hopeless.set(index, hope != Hope.SOON);
            mendable |= hope == Hope.ONCE_MENDED;
        });
    }

    /** All of them, before any was sent. */
    void refused(String reason) {
        answered.accept(this);
        nack(new LinkDownException(reason));
    }

    /** Where there was nothing left to be sent. */
    void sentAll() {
        answer(() -> open++);
    }

    private void answer(Runnable note) {
        synchronized (this) {
            note.run();
            if (--open != 0) {
                return;
            }
        }
        answered.accept(this);
        String reason = String.join("; ", reasons);
        if (reasons.isEmpty()) {
            span.end();
            message.ack();
        } else if (confirmed.cardinality() + hopeless.cardinality() < records.size()) {
            nack(new UndeliveredException(reason));
        } else if (isGivenUp()) {
            KafkaOutbound.gaveUp(hopeless.cardinality(), reasons);
            span.failed(new UndeliveredException(reason));
            message.ack();
        } else {
            nack(new InVainException(reason));
        }
    }

    private void nack(RuntimeException cause) {
        span.failed(cause);
        message.nack(cause);
    }

    /** What can not arrive is given up once the rest has arrived, and where nothing could ever help it. */
    private boolean isGivenUp() {
        return !confirmed.isEmpty() || !mendable;
    }
}
