package dev.heartbeat.transport;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.admin.Admin;
import org.jboss.logging.Logger;

/**
 * Does Kafka answer, and are our topics there? Asked every few seconds, because its clients go on silently when it does not,
 * and
 * less and less often while it does not.
 */
@ApplicationScoped
public class KafkaCluster {
    private static final Logger LOG = Logger.getLogger(KafkaCluster.class);
    private static final long EVERY_MILLIS = 3000;
    private static final long FIRST_RETRY_MILLIS = 500;
    private static final int LONGEST_DOUBLING = 4;

    private final KafkaConfig config;
    private final KafkaSettings settings;
    private final KafkaBroken broken;
    private final KafkaTopics topics;
    private final KafkaDiagnosis diagnosis;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService looker = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "heartbeat-kafka-link");
        thread.setDaemon(true);
        return thread;
    });
    private Admin admin;
    private int failures;
    private boolean watching;
    private volatile boolean closed;
    private volatile Sight sight = new Sight(null, 0);

    /**
     * What was seen of the cluster when it was last looked at?
     *
     * @param fault why it can not be used; null when it can, or nobody looked yet
     * @param comings how often it came within reach; 0 before it ever did
     */
    private record Sight(String fault, int comings) {
    }

    KafkaCluster(KafkaConfig config) {
        this.config = config;
        this.settings = new KafkaSettings(config);
        this.broken = new KafkaBroken(config);
        this.topics = new KafkaTopics(config, broken);
        this.diagnosis = new KafkaDiagnosis(config, broken);
    }

    KafkaConfig config() {
        return config;
    }

    KafkaSettings settings() {
        return settings;
    }

    KafkaBroken broken() {
        return broken;
    }

    /** Calls back after every look, on a thread of its own. */
    synchronized void watch(Runnable watcher) {
        watchers.add(watcher);
        if (!watching) {
            watching = true;
            looker.execute(this::lookAndGoOn);
        }
    }

    boolean isUp() {
        Sight now = sight;
        return now.fault() == null && now.comings() > 0;
    }

    /** How often it came within reach: whoever remembers another number has missed something. */
    int comings() {
        return sight.comings();
    }

    /** Why it can not be used, or what is wrong with a topic although it can; null when there is nothing to say yet. */
    String detail() {
        String fault = sight.fault();
        return fault != null ? fault : topics.troubles();
    }

    /**
     * What is wrong with a topic, after it was created where it was absent; the first to ask about it waits for the answer.
     * From
     * then on it is looked after.
     */
    Optional<String> trouble(String topic) throws InterruptedException {
        if (!topics.isKnown(topic)) {
            try {
                Future<?> look = looker.submit(() -> {
                    topics.look(admin(), Set.of(topic));
                    return null;
                });
                look.get();
            } catch (ExecutionException | RejectedExecutionException e) {
                throw new LinkDownException("topic " + topic + " could not be looked for: " + broken.inWords(e));
            }
        }
        return topics.trouble(topic);
    }

    private void lookAndGoOn() {
        long pause = EVERY_MILLIS;
        try {
            look();
            failures = 0;
        } catch (InterruptedException e) {
            return;
        } catch (Exception e) {
            pause = FIRST_RETRY_MILLIS << Math.min(failures++, LONGEST_DOUBLING);
            failed(e);
        }
        if (!closed) {
            tell();
            looker.schedule(this::lookAndGoOn, pause, TimeUnit.MILLISECONDS);
        }
    }

    private void look() throws Exception {
        admin().describeCluster().nodes().get();
        topics.look(admin());
        Sight former = sight;
        boolean came = former.fault() != null || former.comings() == 0;
        sight = new Sight(null, former.comings() + (came ? 1 : 0));
    }

    /** A new client next time: the certificates may be others by then. */
    private void failed(Exception failure) {
        close(admin);
        admin = null;
        String fault = closed ? null : diagnosed();
        // A machine that is short of breath is not a cluster that is away: one late answer does not count.
        if (fault != null || failures > 1) {
            sight = new Sight(fault == null ? broken.inWords(failure) : fault, sight.comings());
        }
    }

    private String diagnosed() {
        try {
            return diagnosis.of(settings.admin());
        } catch (RuntimeException e) {
            return broken.inWords(e);
        }
    }

    private void tell() {
        for (Runnable watcher : watchers) {
            try {
                watcher.run();
            } catch (RuntimeException e) {
                LOG.error("what became of Kafka could not be told", e);
            }
        }
    }

    private Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings.admin());
        }
        return admin;
    }

    private static void close(Admin open) {
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }

    @PreDestroy
    void close() {
        closed = true;
        looker.execute(() -> close(admin));
        looker.shutdown();
    }
}
