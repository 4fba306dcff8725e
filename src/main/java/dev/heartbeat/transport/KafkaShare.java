package dev.heartbeat.transport;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What have we of one partition, for as long as it is ours? What follows the oldest record that is not settled is not
 * committed, nor held once it is settled; once the partition is taken from us nothing of it settles any more.
 */
final class KafkaShare {
    private static final long UNKNOWN = -1;
    /** What a record takes beside its body, about. */
    private static final int OF_ITSELF = 512;

    private final TopicPartition partition;
    /** By offset, those that are not settled. */
    private final NavigableMap<Long, KafkaArrival> held = new TreeMap<>();
    private long last = UNKNOWN;
    private long bytes;
    private long end = UNKNOWN;
    private int waitingBacklog;
    private int inHand;
    private long next = UNKNOWN;
    private long committed = UNKNOWN;
    private boolean leaving;
    private boolean gone;

    KafkaShare(TopicPartition partition) {
        this.partition = partition;
    }

    TopicPartition partition() {
        return partition;
    }

    /** Where the partition ended when it became ours, or came within reach again. */
    synchronized void endsAt(long offset) {
        end = offset;
        waitingBacklog = (int) held.values().stream()
                .filter(arrival -> !arrival.isEmitted() && isBacklog(arrival.record().offset()))
                .count();
    }

    synchronized void forgetEnd() {
        end = UNKNOWN;
    }

    synchronized boolean isEndKnown() {
        return end != UNKNOWN;
    }

    /** Whether all that waited when it became ours has been passed on; {@code position} is that of the next record to come. */
    synchronized boolean isDrained(long position) {
        return end != UNKNOWN && position >= end && waitingBacklog == 0;
    }

    private boolean isBacklog(long offset) {
        return end == UNKNOWN || offset < end;
    }

    synchronized KafkaArrival add(ConsumerRecord<byte[], byte[]> record, Instant received) {
        boolean backlog = isBacklog(record.offset());
        KafkaArrival arrival = new KafkaArrival(this, record, received, backlog);
        held.put(record.offset(), arrival);
        last = record.offset();
        bytes += size(arrival);
        waitingBacklog += backlog ? 1 : 0;
        return arrival;
    }

    /** False when it is none of our business any more. */
    synchronized boolean emit(KafkaArrival arrival) {
        if (leaving || gone) {
            return false;
        }
        arrival.emit();
        inHand++;
        waitingBacklog -= end != UNKNOWN && isBacklog(arrival.record().offset()) ? 1 : 0;
        return true;
    }

    private static int size(KafkaArrival arrival) {
        return arrival.body().length + OF_ITSELF;
    }

    synchronized void settle(KafkaArrival arrival) {
        if (!isOpen(arrival)) {
            return;
        }
        held.remove(arrival.record().offset());
        inHand--;
        bytes -= size(arrival);
        next = held.isEmpty() ? last + 1 : held.firstKey();
        notifyAll();
    }

    /** False once it is settled, or none of our business any more. */
    synchronized boolean isOpen(KafkaArrival arrival) {
        return !gone && held.get(arrival.record().offset()) == arrival;
    }

    synchronized long bytes() {
        return bytes;
    }

    /** The position to commit; negative when there is nothing new. */
    synchronized long toCommit() {
        return next > committed ? next : UNKNOWN;
    }

    synchronized void committed(long offset) {
        committed = Math.max(committed, offset);
    }

    /** Passes on nothing more, and waits a little for what is in hand to be settled. */
    synchronized void leave(long untilNanos) throws InterruptedException {
        leaving = true;
        long left = untilNanos - System.nanoTime();
        while (inHand > 0 && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = untilNanos - System.nanoTime();
        }
    }

    synchronized void end() {
        gone = true;
        held.clear();
        bytes = 0;
        notifyAll();
    }
}
