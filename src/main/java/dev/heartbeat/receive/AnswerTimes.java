package dev.heartbeat.receive;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.Heard;
import dev.heartbeat.model.Novelty;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Policy;
import dev.heartbeat.receive.HourTally.Hour;
import dev.heartbeat.receive.HourTally.Page;
import dev.heartbeat.store.Latencies;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * How fast do targets answer? Counts what was committed and is new, in memory, and writes what has changed once a minute: a
 * write for every heartbeat would cost more than all other writes together.
 */
final class AnswerTimes {
    /** So many targets' hours at once, some 200 bytes each: two hours of 20,000 targets. */
    static final int MOST = 40_000;
    private static final Logger LOG = Logger.getLogger(AnswerTimes.class);

    private final Supplier<Latencies> store;
    private final InstantSource clock;
    private final Executor worker;
    /** No name of a count comes twice, in this process or in another one. */
    private final String process = Long.toString(new SecureRandom().nextLong() >>> 1, 36);
    private final Map<Hour, HourTally> open = new HashMap<>();
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile Uni<Void> running = Uni.createFrom().voidItem();
    private volatile boolean failed;
    private long counts;
    private int targets;
    private boolean crowded;

    /** @param worker where texts are made of what was counted: that is work, and not for an event loop */
    AnswerTimes(Supplier<Latencies> store, InstantSource clock, Executor worker) {
        this.store = store;
        this.clock = clock;
        this.worker = worker;
    }

    /** Counts the answers in what made this change, which is committed. What was heard before is not counted again. */
    synchronized void count(Change change, List<Heard> heard, Policy policy) {
        if (!hasAnswer(heard)) {
            return;
        }
        for (Novelty novelty : Novelty.of(change, heard, policy)) {
            Collection<Observation> observations = novelty.heartbeat().observations();
            if (hasAnswer(observations)) {
                Hour hour = new Hour(novelty.heartbeat().source(), novelty.at().truncatedTo(ChronoUnit.HOURS));
                HourTally tally = open.computeIfAbsent(hour,
                        begun -> new HourTally(begun, process + "." + Long.toString(counts++, 36)));
                targets += tally.count(observations, MOST - targets);
                crowded |= targets == MOST;
            }
        }
    }

    /** PH's messages have none: nothing of them is looked at twice. */
    private static boolean hasAnswer(List<Heard> heard) {
        for (Heard one : heard) {
            if (hasAnswer(one.heartbeat().observations())) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasAnswer(Collection<Observation> observations) {
        for (Observation observation : observations) {
            if (observation.latency() != null && observation.answeredAfter() != null) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes what was counted since the last write that succeeded; does nothing while another one runs. What can not be
     * written is written with the next one.
     */
    Uni<Void> write() {
        if (!writing.compareAndSet(false, true)) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> write = Uni.createFrom().deferred(() -> write(news()))
                .runSubscriptionOn(worker)
                .onTermination().invoke(() -> writing.set(false))
                .memoize().indefinitely();
        running = write;
        return write;
    }

    /** Writes once more, after the write that runs. */
    Uni<Void> writeLast() {
        return running.onFailure().recoverWithNull().chain(() -> write());
    }

    private Uni<Void> write(List<Page> pages) {
        return Multi.createFrom().iterable(pages)
                .onItem().transformToUniAndConcatenate(page -> store.get()
                        .write(page.hour().source(), page.hour().begin(), page.count(), page.histograms()))
                .collect().last().replaceWithVoid()
                .invoke(this::written)
                .onFailure().invoke(failure -> lost(pages, failure));
    }

    private synchronized List<Page> news() {
        List<Page> pages = new ArrayList<>();
        for (HourTally tally : open.values()) {
            Page page = tally.news();
            if (!page.histograms().isEmpty()) {
                pages.add(page);
            }
        }
        return pages;
    }

    /** An hour that is over and written needs no memory. Should more come of it, that is another count of it. */
    private synchronized void written() {
        open.values().removeIf(tally -> tally.isOver(clock.instant()) && !tally.hasNews());
        targets = open.values().stream().mapToInt(HourTally::targets).sum();
        if (crowded) {
            LOG.warnf("latencies of more than %d targets and hours at once are not counted", MOST);
        } else if (failed) {
            LOG.info("latencies are written again");
        }
        crowded = false;
        failed = false;
    }

    private synchronized void lost(List<Page> pages, Throwable failure) {
        pages.forEach(page -> page.tally().forget(page.histograms().keySet()));
        if (!failed) {
            LOG.warnf("latencies could not be written, which is tried every minute: %s", failure.getMessage());
        }
        failed = true;
    }
}
