package dev.heartbeat.transport;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.reactive.messaging.Message;

/** Which records of one message has the cluster confirmed? Answers the message exactly once, when each of them is answered. */
final class KafkaDeparture {
    private final Message<byte[]> message;
    private final Envelope envelope;
    private final List<LogRecord> records;
    private final TraceSpan span;
    private final Map<String, String> headers;
    private final Runnable answered;
    private final BitSet confirmed;
    private final BitSet hopeless = new BitSet();
    private final List<String> reasons = new ArrayList<>();
    private int open;

    /**
     * @param topic where records go that name none
     * @param confirmed the records that an earlier attempt at the same message has brought over
     * @param answered called once the message is answered
     */
    KafkaDeparture(Message<byte[]> message, String topic, BitSet confirmed, Runnable answered) {
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

    synchronized BitSet confirmed() {
        return (BitSet) confirmed.clone();
    }

    void confirmed(int index) {
        answer(() -> confirmed.set(index));
    }

    /**
     * @param inVain whether it would fail as often as it is sent
     */
    void failed(int index, String reason, boolean inVain) {
        answer(() -> {
            if (!reasons.contains(reason)) {
                reasons.add(reason);
            }
            hopeless.set(index, inVain);
        });
    }

    /** All of them, before any was sent. */
    void refused(String reason) {
        nack(new LinkDownException(reason));
        answered.run();
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
        if (reasons.isEmpty()) {
            span.end();
            message.ack();
        } else if (isGivenUp()) {
            KafkaOutbound.gaveUp(hopeless.cardinality(), reasons);
            span.failed(new UndeliveredException(String.join("; ", reasons)));
            message.ack();
        } else {
            nack(new UndeliveredException(String.join("; ", reasons)));
        }
        answered.run();
    }

    private void nack(RuntimeException cause) {
        span.failed(cause);
        message.nack(cause);
    }

    /** One topic that takes nothing must not stop all others: what can not arrive is given up once the rest has arrived. */
    private boolean isGivenUp() {
        return !confirmed.isEmpty() && confirmed.cardinality() + hopeless.cardinality() == records().size();
    }
}
