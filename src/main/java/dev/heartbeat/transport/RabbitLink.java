package dev.heartbeat.transport;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Connection;

import dev.heartbeat.model.Printable;

/**
 * What keeps us connected? One connection after the other for one side, for ever: dial, see to the topology, let the role
 * work, and when it ends say why, wait a little longer than the time before, and dial again.
 */
final class RabbitLink implements AutoCloseable {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int CLOSE_MILLIS = 2000;
    private static final int MOST_DOUBLINGS = 16;

    private final RabbitConfig config;
    private final Dial dial;
    private final Topology topology;
    private final Standing standing;
    private final Broken broken;
    private final Role role;
    private final ExecutorService work;
    private final Thread thread;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile CompletableFuture<Throwable> ended = new CompletableFuture<>();
    private volatile long verified;
    private volatile boolean verifySoon;

    /** What is a connection used for? Called on the link's own thread. */
    interface Role {
        Links.Side side();

        /** Begins to work; answers what is not as it should be, or null. A failure ends the connection. */
        String begin(RabbitLink link, Connection connection, Topology.Found found) throws IOException, TimeoutException;

        /** About once a second while the connection lives. */
        void tick() throws IOException;

        /** The connection is about to be closed by us. */
        void leave();

        /** The connection is gone; whatever waits for it never comes. */
        void end(String reason);
    }

    RabbitLink(RabbitConfig config, Dial dial, Links links, Clock clock, Role role) {
        this.config = config;
        this.dial = dial;
        this.topology = new Topology(config);
        this.standing = new Standing(links, role.side(), clock, RabbitAddress.of(config) + " vhost " + config.vhost());
        this.broken = new Broken(config);
        this.role = role;
        String name = "heartbeat-rabbitmq-" + role.side();
        this.work = Dial.single(name + "-work");
        this.thread = Dial.daemons(name).newThread(this::live);
    }

    void start() {
        standing.down("not connected yet", false);
        thread.start();
    }

    /** Ends this connection; the next one is dialled after a while. */
    void fail(Throwable cause) {
        ended.complete(cause);
    }

    /** Something hints that exchange, queue or binding are no longer as they were. */
    void verifySoon() {
        verifySoon = true;
    }

    Standing standing() {
        return standing;
    }

    @Override
    public void close() {
        if (closed.complete(null)) {
            fail(new LinkDownException("closed"));
            try {
                thread.join(2L * CLOSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            work.shutdown();
        }
    }

    private void live() {
        int attempt = 0;
        while (!closed.isDone()) {
            long began = System.nanoTime();
            String reason = connection();
            if (!closed.isDone()) {
                standing.down(reason, true);
            }
            role.end(reason);
            boolean lasted = System.nanoTime() - began > config.longestRetry().toNanos();
            attempt = lasted ? 0 : attempt + 1;
            pause(attempt);
        }
        standing.down("closed", false);
    }

    /** One connection from dialling to its end; answers why it ended. */
    private String connection() {
        ended = new CompletableFuture<>();
        Connection connection = null;
        try {
            connection = dial.connect(work);
            connection.addShutdownListener(ended::complete);
            connection.addBlockedListener(new Blocked());
            begin(connection);
            return broken.inWords(untilItEnds(connection));
        } catch (Exception e) {
            return connection == null ? broken.atTheStart(e) : broken.inWords(e);
        } finally {
            if (connection != null) {
                connection.abort(CLOSE_MILLIS);
            }
        }
    }

    private void begin(Connection connection) throws IOException, TimeoutException {
        Topology.Found found = verify(connection);
        standing.up(join(found.detail(), role.begin(this, connection, found)));
        role.tick();
    }

    private Throwable untilItEnds(Connection connection) throws Exception {
        while (true) {
            try {
                Throwable cause = ended.get(TICK.toMillis(), TimeUnit.MILLISECONDS);
                if (closed.isDone()) {
                    role.leave();
                }
                return cause;
            } catch (TimeoutException e) {
                tick(connection);
            } catch (ExecutionException e) {
                return e.getCause();
            }
        }
    }

    private void tick(Connection connection) throws IOException, TimeoutException {
        role.tick();
        boolean due = System.nanoTime() - verified > config.verifyEvery().toNanos();
        if ((due || verifySoon) && !standing.isBlocked()) {
            standing.topology(verify(connection).detail());
        }
    }

    private Topology.Found verify(Connection connection) throws IOException, TimeoutException {
        verifySoon = false;
        verified = System.nanoTime();
        return topology.verify(connection);
    }

    /** Doubles up to the longest, and is spread so that many publishers do not come back in step. */
    private void pause(int attempt) {
        double longest = config.longestRetry().toMillis();
        double wait = Math.min(longest, config.firstRetry().toMillis() * Math.pow(2, Math.min(attempt - 1, MOST_DOUBLINGS)));
        long spread = (long) (wait * ThreadLocalRandom.current().nextDouble(0.5, 1));
        try {
            closed.get(Math.max(1, spread), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            // Time to dial again.
        }
    }

    static String join(String one, String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one + "; " + other;
    }

    private final class Blocked implements BlockedListener {
        @Override
        public void handleBlocked(String reason) {
            standing.blocked("the broker accepts nothing for now: " + Printable.text(reason));
        }

        @Override
        public void handleUnblocked() {
            standing.blocked(null);
        }
    }
}
