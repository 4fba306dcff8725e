package dev.heartbeat.transport;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Message;

import dev.heartbeat.model.Printable;
import dev.heartbeat.model.Route;
import io.smallrye.mutiny.Multi;

/**
 * Which topics do we read, each for itself? The side IN is up and drained once every route that makes states is, and whole once
 * every route is read.
 */
@ApplicationScoped
public class KafkaRoutes {
    private static final Duration TO_LEAVE = Duration.ofSeconds(4);
    private final KafkaCluster cluster;
    private final Links links;
    private final KafkaParking parking;
    private final Clock clock = Clock.systemUTC();
    private final List<KafkaConsumption> consumptions = new CopyOnWriteArrayList<>();
    private KafkaStanding standing;

    public KafkaRoutes(KafkaCluster cluster, Links links) {
        this.cluster = cluster;
        this.links = links;
        this.parking = new KafkaParking(cluster);
    }

    /**
     * Joins the route's group, and gives what it has for us by demand. Each message has a {@link Delivery} with its position;
     * nothing is committed before {@code ack()} or {@code nack(cause)} has settled it and all before it.
     */
    public Multi<Message<byte[]>> open(Route route) {
        KafkaConsumption consumption = new KafkaConsumption(route, cluster, parking, clock, this::tell);
        consumptions.add(consumption);
        cluster.watch(this::tell);
        consumption.start();
        return consumption.messages();
    }

    /** How many records went to parking topics since the start. */
    public long parked() {
        return parking.parked();
    }

    /** How many could not go there either, and were only logged. */
    public long rejected() {
        return parking.rejected();
    }

    private synchronized void tell() {
        List<KafkaConsumption.Standing> all = consumptions.stream().filter(consumption -> consumption.route().states())
                .map(KafkaConsumption::standing).toList();
        boolean ready = all.stream().allMatch(KafkaConsumption.Standing::ready);
        boolean up = cluster.isUp() && ready;
        boolean drained = up && all.stream().allMatch(one -> one.drained() && one.comings() == cluster.comings());
        standing().say(up, drained, words(consumption -> consumption.standing().ready() ? null : name(consumption)),
                cluster.isUp() ? words(KafkaRoutes::fault) : cluster.detail());
    }

    /** Null when there are none. */
    private String words(Function<KafkaConsumption, String> of) {
        String words = consumptions.stream().map(of).filter(Objects::nonNull).distinct().collect(Collectors.joining("; "));
        return words.isEmpty() ? null : words;
    }

    /** Of a route beside the first one of a topic with its name: nothing else would tell which table stays empty. */
    private static String fault(KafkaConsumption consumption) {
        String fault = consumption.standing().fault();
        return fault == null || consumption.route().states() ? fault : name(consumption) + ": " + fault;
    }

    private static String name(KafkaConsumption consumption) {
        return Printable.text(consumption.route().toString());
    }

    private KafkaStanding standing() {
        if (standing == null) {
            String topics = consumptions.stream().map(consumption -> consumption.route().topic()).distinct()
                    .collect(Collectors.joining(", "));
            standing = new KafkaStanding(links, Links.Side.IN, clock, "Kafka at "
                    + Printable.text(cluster.config().bootstrapServers()) + ", topic " + Printable.text(topics));
        }
        return standing;
    }

    @PreDestroy
    void close() {
        consumptions.forEach(KafkaConsumption::close);
        long end = System.nanoTime() + TO_LEAVE.toNanos();
        try {
            for (KafkaConsumption consumption : consumptions) {
                consumption.awaitEnd(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        parking.close();
        consumptions.clear();
    }
}
