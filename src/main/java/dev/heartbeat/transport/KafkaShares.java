package dev.heartbeat.transport;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** Which partitions are ours, and how far are we in each? Used on the thread of their consumer only. */
final class KafkaShares implements ConsumerRebalanceListener {
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration TO_BEGIN = Duration.ofSeconds(10);
    /** What is in hand may still be settled so long before another one gets the partition. */
    private static final Duration TO_SETTLE = Duration.ofSeconds(1);
    /** While partitions are shared out anew nobody has any; only when that takes longer it is worth a word. */
    private static final Duration SHARING_OUT = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Clock clock;
    private final Map<TopicPartition, KafkaShare> shares = new HashMap<>();
    private int comings;
    private boolean assigned;
    private boolean everAssigned;
    private long withoutSince;
    private boolean committing;

    KafkaShares(KafkaConsumer<byte[], byte[]> consumer, Clock clock) {
        this.consumer = consumer;
        this.clock = clock;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        begin(partitions);
        partitions.forEach(partition -> shares.put(partition, new KafkaShare(partition)));
        assigned = true;
        everAssigned = true;
    }

    /**
     * Where nobody of the group ever was, the group begins now: told before anything is heard, for whoever gets the partition
     * next would otherwise begin somewhere else. What fails ends this consumer; the next one tries again.
     */
    private void begin(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> beginnings = new HashMap<>();
        consumer.committed(Set.copyOf(partitions), TO_BEGIN).forEach((partition, committed) -> {
            if (committed == null) {
                beginnings.put(partition, new OffsetAndMetadata(consumer.position(partition, TO_BEGIN)));
            }
        });
        if (!beginnings.isEmpty()) {
            consumer.commitSync(beginnings, TO_BEGIN);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        List<KafkaShare> leaving = partitions.stream().map(shares::get).filter(share -> share != null).toList();
        settle(leaving);
        commitNow(leaving);
        onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            KafkaShare share = shares.remove(partition);
            if (share != null) {
                share.end();
            }
        }
        assigned = false;
        withoutSince = System.nanoTime();
    }

    private static void settle(List<KafkaShare> leaving) {
        long until = System.nanoTime() + TO_SETTLE.toNanos();
        try {
            for (KafkaShare share : leaving) {
                share.leave(until);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void commitNow(List<KafkaShare> leaving) {
        Map<TopicPartition, OffsetAndMetadata> offsets = offsets(leaving);
        if (offsets.isEmpty()) {
            return;
        }
        try {
            try {
                consumer.commitSync(offsets, ANSWER);
            } catch (WakeupException e) {
                consumer.commitSync(offsets, ANSWER);
            }
        } catch (KafkaException e) {
            // Whoever gets the partition begins where we last committed, and hears again what we have stored already.
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Collection<KafkaShare> of) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (KafkaShare share : of) {
            long next = share.toCommit();
            if (next >= 0) {
                offsets.put(share.partition(), new OffsetAndMetadata(next));
            }
        }
        return offsets;
    }

    /** Tells the group how far we are, where that has changed. What fails is told with the next ones. */
    void commit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = committing ? Map.of() : offsets(shares.values());
        if (offsets.isEmpty()) {
            return;
        }
        committing = true;
        List<KafkaShare> now = List.copyOf(shares.values());
        consumer.commitAsync(offsets, (told, failure) -> {
            committing = false;
            if (failure == null) {
                now.stream().filter(share -> told.containsKey(share.partition()))
                        .forEach(share -> share.committed(told.get(share.partition()).offset()));
            }
        });
    }

    /**
     * Sees where the new partitions end: what comes before that has waited for us.
     *
     * @param comingsNow another number than before means that the cluster was away meanwhile
     */
    void seeEnds(int comingsNow) {
        if (comings != comingsNow) {
            comings = comingsNow;
            shares.values().forEach(KafkaShare::forgetEnd);
        }
        List<TopicPartition> unknown = shares.values().stream().filter(share -> !share.isEndKnown()).map(KafkaShare::partition)
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        try {
            consumer.endOffsets(unknown, ANSWER).forEach((partition, end) -> shares.get(partition).endsAt(end));
        } catch (org.apache.kafka.common.errors.RetriableException e) {
            // Asked again at the next turn; until then all that comes counts as having waited.
        }
    }

    KafkaArrival add(ConsumerRecord<byte[], byte[]> record) {
        return shares.get(new TopicPartition(record.topic(), record.partition())).add(record, clock.instant());
    }

    long bytes() {
        return shares.values().stream().mapToLong(KafkaShare::bytes).sum();
    }

    /** Whether the group has given us what is ours, which may be nothing. */
    boolean isReady() {
        return everAssigned && !isLeftOut();
    }

    /** Whether we had our share, and get no other one. */
    boolean isLeftOut() {
        return everAssigned && !assigned && System.nanoTime() - withoutSince > SHARING_OUT.toNanos();
    }

    boolean isDrained() {
        return assigned && shares.values().stream().allMatch(share -> share.isDrained(position(share)));
    }

    private long position(KafkaShare share) {
        try {
            return consumer.position(share.partition(), ANSWER);
        } catch (org.apache.kafka.common.errors.RetriableException e) {
            return -1;
        }
    }

    /** Nothing settles any more; what is settled by now is told while the consumer is closed. */
    void end() {
        settle(List.copyOf(shares.values()));
        commitNow(List.copyOf(shares.values()));
        shares.values().forEach(KafkaShare::end);
        shares.clear();
    }
}
