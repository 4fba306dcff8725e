package dev.heartbeat.transport;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.reactive.messaging.Message;

import dev.heartbeat.model.Printable;
import dev.heartbeat.model.Route;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;

/**
 * How do the records of one route come? A thread of its own asks for them for ever, and for more of them only while there is
 * room:
 * the group must hear of us however long a store is away.
 */
final class KafkaConsumption {
    /** So many records wait to be passed on, or a few more. */
    static final int ROOM = 2000;
    private static final long ROOM_BYTES = 16L << 20;
    private static final Duration WHILE_FULL = Duration.ofMillis(20);
    private static final Duration WHILE_FREE = Duration.ofMillis(200);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final long FIRST_RETRY_MILLIS = 200;
    private static final int LONGEST_DOUBLING = 5;

    private final Route route;
    private final KafkaCluster cluster;
    private final KafkaParking parking;
    private final Clock clock;
    private final Runnable changed;
    private final AtomicInteger waiting = new AtomicInteger();
    private final UnicastProcessor<KafkaArrival> outlet = UnicastProcessor.create();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private volatile Standing standing = new Standing(false, false, null, 0);

    /**
     * What can be said of this route's link?
     *
     * @param comings how often the cluster had come within reach when this was said
     */
    record Standing(boolean ready, boolean drained, String fault, int comings) {
    }

    /**
     * @param changed called when its standing is another one
     */
    KafkaConsumption(Route route, KafkaCluster cluster, KafkaParking parking, Clock clock, Runnable changed) {
        this.route = route;
        this.cluster = cluster;
        this.parking = parking;
        this.clock = clock;
        this.changed = changed;
        this.thread = new Thread(this::run, "heartbeat-kafka-" + route.topic());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Route route() {
        return route;
    }

    Standing standing() {
        return standing;
    }

    Multi<Message<byte[]>> messages() {
        return outlet.select().where(this::emit).map(arrival -> arrival.message(parking::park));
    }

    private boolean emit(KafkaArrival arrival) {
        waiting.decrementAndGet();
        return arrival.share().emit(arrival);
    }

    private void run() {
        int failures = 0;
        while (!cluster.isUp() && !isClosing(FIRST_RETRY_MILLIS)) {
            // The cluster says itself why it can not be used.
        }
        while (!isClosing(failures == 0 ? 0 : FIRST_RETRY_MILLIS << Math.min(failures, LONGEST_DOUBLING))) {
            try {
                consume();
                failures = 0;
            } catch (WakeupException e) {
                // Only closing wakes it up.
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                failures++;
                say(new Standing(false, false, cluster.broken().inWords(e), cluster.comings()));
            }
        }
    }

    private boolean isClosing(long afterMillis) {
        try {
            return closing.await(afterMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void consume() throws InterruptedException {
        Optional<String> trouble = cluster.trouble(route.topic());
        if (trouble.isPresent()) {
            throw new LinkDownException(trouble.get());
        }
        var opened = new KafkaConsumer<>(cluster.settings().consumer(route), new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        KafkaShares shares = new KafkaShares(opened, clock);
        try {
            consumer = opened;
            opened.subscribe(List.of(route.topic()), shares);
            while (!isClosing(0)) {
                turn(opened, shares);
            }
        } finally {
            consumer = null;
            shares.end();
            opened.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(LAST_WORDS));
        }
    }

    private void turn(KafkaConsumer<byte[], byte[]> open, KafkaShares shares) {
        boolean full = waiting.get() >= ROOM || shares.bytes() >= ROOM_BYTES;
        if (full) {
            open.pause(open.assignment());
        } else {
            open.resume(open.paused());
        }
        ConsumerRecords<byte[], byte[]> records = open.poll(full ? WHILE_FULL : WHILE_FREE);
        int comings = cluster.comings();
        shares.seeEnds(comings);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            take(shares.add(record));
        }
        shares.commit();
        say(new Standing(shares.isReady(), shares.isDrained(), fault(shares), comings));
    }

    /** Until we have a share, whatever kept us from it still does. */
    private String fault(KafkaShares shares) {
        if (shares.isLeftOut()) {
            return "group " + Printable.text(route.group()) + " has not shared out topic " + Printable.text(route.topic())
                    + " again";
        }
        return shares.isReady() ? null : standing.fault();
    }

    private void take(KafkaArrival arrival) {
        long most = cluster.config().maxMessageBytes().asLongValue();
        int size = arrival.body().length;
        if (size > most) {
            arrival.share().emit(arrival);
            parking.park(arrival, "too large: " + size + " bytes, and KAFKA_MAX_MESSAGE_BYTES is " + most);
        } else {
            waiting.incrementAndGet();
            outlet.onNext(arrival);
        }
    }

    private void say(Standing now) {
        if (!now.equals(standing)) {
            standing = now;
            changed.run();
        }
    }

    /** Tells the group how far we are, and leaves it. */
    void close() {
        closing.countDown();
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
    }

    void awaitEnd(Duration most) throws InterruptedException {
        thread.join(most.toMillis());
    }
}
