package dev.heartbeat.publish;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

import org.jboss.logging.Logger;

import dev.heartbeat.transport.InVainException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * Which heartbeats wait to be sent? The newest, in order, bounded by count and bytes; the oldest gives way. One is on its way
 * at a time, and what fails in vain lets pass what goes elsewhere. While the link is down nothing is sent, so that nothing
 * piles up anywhere else.
 */
final class WaitingRoom {
    private static final Logger LOG = Logger.getLogger(WaitingRoom.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final int mostCount;
    private final long mostBytes;
    private final Function<Waiting, Uni<Void>> send;
    private final Function<Duration, Uni<Void>> pause;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final List<UniEmitter<? super Void>> waitingForEmpty = new ArrayList<>();
    private final WaitingLanes lanes = new WaitingLanes();
    private long bytes;
    private boolean open;
    private Waiting onItsWay;
    private long dropped;
    private long droppedInAll;
    private long sent;
    private long tries;
    private int failures;

    /**
     * @param send completes when the broker has it, and fails when it may not have it
     * @param pause completes after that time, on any thread
     */
    WaitingRoom(int mostCount, long mostBytes, Function<Waiting, Uni<Void>> send, Function<Duration, Uni<Void>> pause) {
        this.mostCount = mostCount;
        this.mostBytes = mostBytes;
        this.send = send;
        this.pause = pause;
    }

    /** Takes a heartbeat in, and sends it when its turn comes. */
    void add(Waiting heartbeat) {
        synchronized (this) {
            waiting.addLast(heartbeat);
            bytes += heartbeat.bytes();
            while (waiting.size() > mostCount || bytes > mostBytes && waiting.size() > 1) {
                drop();
            }
        }
        sendNext();
    }

    /** The link came up or went down. */
    void link(boolean up) {
        synchronized (this) {
            open = up;
            failures = 0;
            lanes.wake();
        }
        sendNext();
    }

    /** Completes when nothing waits and nothing is on its way. */
    synchronized Uni<Void> whenEmpty() {
        return isEmpty() ? Uni.createFrom().voidItem() : Uni.createFrom().<Void> emitter(emitter -> emptied(emitter));
    }

    private void emptied(UniEmitter<? super Void> emitter) {
        boolean now;
        synchronized (this) {
            now = isEmpty();
            if (!now) {
                waitingForEmpty.add(emitter);
            }
        }
        if (now) {
            emitter.complete(null);
        }
    }

    private boolean isEmpty() {
        return waiting.isEmpty() && onItsWay == null;
    }

    /** How many wait, the one on its way included. */
    synchronized int size() {
        return waiting.size();
    }

    /** How many bytes they have together. */
    synchronized long bytes() {
        return bytes;
    }

    /** How often one was sent since the start, again included. */
    synchronized long tries() {
        return tries;
    }

    /** How many gave way since the start. */
    synchronized long dropped() {
        return droppedInAll;
    }

    /** How many the broker has confirmed since the start. */
    synchronized long sent() {
        return sent;
    }

    /** What is on its way does not give way: then it is the next oldest. */
    private void drop() {
        Iterator<Waiting> oldest = waiting.iterator();
        Waiting gone = oldest.next();
        if (gone == onItsWay && oldest.hasNext()) {
            gone = oldest.next();
        }
        oldest.remove();
        bytes -= gone.bytes();
        if (dropped++ == 0) {
            LOG.warnf(
                    "%d heartbeats of together %d bytes wait for the broker, which is all that may: from now on the oldest are"
                            + " dropped. PUBLISH_BUFFER_COUNT and PUBLISH_BUFFER_BYTES say how many wait.",
                    waiting.size() + 1, bytes);
        }
        droppedInAll++;
    }

    private void sendNext() {
        Waiting next;
        synchronized (this) {
            next = onItsWay != null || !open ? null : first();
            if (next == null) {
                return;
            }
            onItsWay = next;
            tries++;
        }
        send.apply(next).subscribe().with(ignored -> sent(next), failure -> failed(next, failure));
    }

    private Waiting first() {
        for (Waiting heartbeat : waiting) {
            if (!lanes.isResting(heartbeat.topics())) {
                return heartbeat;
            }
        }
        return null;
    }

    private void sent(Waiting heartbeat) {
        List<UniEmitter<? super Void>> toTell = List.of();
        synchronized (this) {
            waiting.remove(heartbeat);
            bytes -= heartbeat.bytes();
            onItsWay = null;
            sent++;
            if (lanes.arrived(heartbeat.topics()) || failures > 0) {
                LOG.info("heartbeats are sent again");
                failures = 0;
            }
            if (waiting.isEmpty()) {
                toTell = List.copyOf(waitingForEmpty);
                waitingForEmpty.clear();
                if (dropped > 0) {
                    LOG.infof("all that waited is sent; %d older heartbeats were dropped", dropped);
                    dropped = 0;
                }
            }
        }
        toTell.forEach(emitter -> emitter.complete(null));
        sendNext();
    }

    /** What failed stays first in line; while the link stays up it is tried again, less and less often. */
    private void failed(Waiting heartbeat, Throwable failure) {
        if (failure instanceof InVainException) {
            failedInVain(heartbeat, failure);
            return;
        }
        Duration rest;
        synchronized (this) {
            if (open && failures++ == 0) {
                LOG.warnf("a heartbeat could not be sent, and is tried again until it can: %s", failure.getMessage());
            }
            rest = rest(failures);
        }
        pause.apply(rest).subscribe().with(ignored -> again(), broken -> again());
    }

    /** It keeps its place among what goes the same way, and all of that waits for it; everybody else does not. */
    private void failedInVain(Waiting heartbeat, Throwable failure) {
        WaitingLanes.Rest rest;
        synchronized (this) {
            onItsWay = null;
            if (!lanes.isFailing(heartbeat.topics())) {
                LOG.warnf(
                        "a heartbeat could not be sent, and waits with all that go the same way until it can; others pass: %s",
                        failure.getMessage());
            }
            rest = lanes.failed(heartbeat.topics());
        }
        pause.apply(rest(rest.failures)).subscribe().with(ignored -> rested(rest), broken -> rested(rest));
        sendNext();
    }

    private static Duration rest(int failures) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 5)).dividedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private void rested(WaitingLanes.Rest rest) {
        synchronized (this) {
            rest.end();
        }
        sendNext();
    }

    private void again() {
        synchronized (this) {
            onItsWay = null;
        }
        sendNext();
    }
}
