package dev.heartbeat.transport;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Message;

import dev.heartbeat.model.Printable;
import dev.heartbeat.model.Route;
import io.smallrye.mutiny.Multi;

/** Which topics do we read, each for itself? The side IN is up and drained once every route that makes states is. */
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
        String fault = consumptions.stream().map(consumption -> consumption.standing().fault()).filter(Objects::nonNull)
                .distinct().collect(Collectors.joining("; "));
        String detail = cluster.isUp() ? fault.isEmpty() ? null : fault : cluster.detail();
        standing().say(up, drained, detail);
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
