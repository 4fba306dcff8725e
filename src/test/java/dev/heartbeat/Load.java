package dev.heartbeat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;

import dev.heartbeat.model.Heartbeat;
import dev.heartbeat.model.HeartbeatWriter;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;
import dev.heartbeat.services.Zone;

/**
 * Who speaks all the time? Sources whose targets come and go by chance, seeded; what the broker has confirmed is in the ledger.
 */
final class Load implements AutoCloseable {
    private static final int TARGETS = 8;
    private static final long PACE_MILLIS = 40;
    private static final int CONFIRM_MILLIS = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Zone zone;
    private final Random chance;
    private final Ledger ledger = new Ledger();
    private final List<Source> sources = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private Connection connection;
    private Channel channel;

    /** One publisher's name, its boot, and what it says next. */
    private static final class Source {
        final String name;
        final String boot;
        final boolean[] down = new boolean[TARGETS];
        long sequence;

        Source(int number) {
            name = "source-" + number;
            boot = Instant.now() + "-" + number;
        }

        Heartbeat next(Random chance) {
            int flips = chance.nextInt(TARGETS);
            down[flips] = !down[flips];
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            List<Observation> said = new ArrayList<>();
            for (int i = 0; i < TARGETS; i++) {
                Outcome outcome = down[i] ? Outcome.down(Reason.UNREACHABLE, "by chance") : Outcome.UP;
                said.add(new Observation(new Target(Kind.HOST, name + "-" + i), outcome, now));
            }
            return new Heartbeat(name, boot, ++sequence, now, Duration.ofMillis(500), 1, 1, null, null, said);
        }
    }

    private Load(Zone zone, int sources, long seed) {
        this.zone = zone;
        this.chance = new Random(seed);
        for (int i = 1; i <= sources; i++) {
            this.sources.add(new Source(i));
        }
    }

    static Load start(Zone zone, int sources, long seed) {
        Load load = new Load(zone, sources, seed);
        load.clock.scheduleWithFixedDelay(load::speak, 0, PACE_MILLIS, TimeUnit.MILLISECONDS);
        return load;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Waits until so many more heartbeats are confirmed. */
    void more(int heartbeats) {
        int enough = ledger.size() + heartbeats;
        Awaitility.await("heartbeats are confirmed").atMost(PATIENCE).until(() -> ledger.size() >= enough);
    }

    /** No more after this; all that was said is confirmed. */
    Ledger end() throws InterruptedException {
        clock.shutdown();
        if (!clock.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the broker does not confirm");
        }
        return ledger;
    }

    private void speak() {
        for (Source source : sources) {
            Heartbeat heartbeat = source.next(chance);
            byte[] body = HeartbeatWriter.write(heartbeat);
            while (!isConfirmed(body)) {
                disconnect();
            }
            ledger.confirm(heartbeat);
        }
    }

    /** What is not confirmed is said again, before anything else: it may come twice, and never too late. */
    private boolean isConfirmed(byte[] body) {
        try {
            if (channel == null) {
                connection = zone.broker().connect(zone.vhost());
                channel = connection.createChannel();
                channel.confirmSelect();
            }
            channel.basicPublish(Zone.EXCHANGE, Zone.ROUTING_KEY, MessageProperties.PERSISTENT_BASIC, body);
            return channel.waitForConfirms(CONFIRM_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (Exception e) {
            return false;
        }
    }

    private void disconnect() {
        if (connection != null) {
            connection.abort();
        }
        channel = null;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        disconnect();
    }
}
