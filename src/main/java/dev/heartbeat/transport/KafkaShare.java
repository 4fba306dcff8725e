package dev.heartbeat.transport;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What have we of one partition, for as long as it is ours? What follows the oldest record that is not settled is not
 * committed;
 * once the partition is taken from us nothing of it settles any more.
 */
final class KafkaShare {
    private static final long UNKNOWN = -1;

    private final TopicPartition partition;
    private final Deque<KafkaArrival> held = new ArrayDeque<>();
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
        waitingBacklog = (int) held.stream().filter(arrival -> !arrival.isEmitted() && isBacklog(arrival.record().offset()))
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
        held.addLast(arrival);
        bytes += arrival.body().length;
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

    synchronized void settle(KafkaArrival arrival) {
        if (gone || arrival.isSettled()) {
            return;
        }
        arrival.settle();
        inHand--;
        while (!held.isEmpty() && held.peekFirst().isSettled()) {
            KafkaArrival oldest = held.removeFirst();
            bytes -= oldest.body().length;
            next = oldest.record().offset() + 1;
        }
        notifyAll();
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

    synchronized boolean isGone() {
        return gone;
    }
}
