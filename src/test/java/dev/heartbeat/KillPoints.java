package dev.heartbeat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import dev.heartbeat.services.AmqpFrames;
import dev.heartbeat.services.AmqpFrames.Frame;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.Relay;

/**
 * At which point of its work does a program die? Sits in the relays between the program and its services: at the point that is
 * armed the program is killed before the bytes at hand pass, so that the point is exact, and what was half done is known.
 */
final class KillPoints {
    /** What is the program doing when it dies? */
    enum Point {
        /** A subscriber: more messages are coming in. */
        RECEIVING,
        /** A subscriber: it has messages in hand, and Redis does not have them. */
        WRITING,
        /** A subscriber: Redis has them, and the program does not know it. */
        WRITTEN,
        /** A subscriber: the store has them, and the broker does not know it. */
        ACKNOWLEDGING,
        /** A publisher: half of a message is with the broker. */
        SENDING,
        /** A publisher: the broker has the message, and the program does not know it. */
        CONFIRMING
    }

    /** Which death was it, and how many messages did the broker still answer for? */
    record Death(Point point, int nth, long unsettled) {
    }

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private final List<Death> deaths = new ArrayList<>();
    private Program victim;
    private Point armed;
    private int nth;
    private int left;

    /** The program dies when this happens for the n-th time from now on. */
    synchronized void arm(Program program, Point point, int times) {
        victim = program;
        armed = point;
        nth = times;
        left = times;
    }

    /** Waits for the death that was armed. */
    void await() {
        try {
            Awaitility.await("the program dies").atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(this::isOver);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(armed + " never happened for the " + nth + "th time; deaths: " + deaths() + "; the log:\n"
                    + String.join("\n", victim.log()), e);
        }
    }

    private synchronized boolean isOver() {
        if (armed != null && !victim.isAlive()) {
            throw new AssertionError("ended by itself:\n" + String.join("\n", victim.log()));
        }
        return armed == null;
    }

    synchronized List<Death> deaths() {
        return List.copyOf(deaths);
    }

    private synchronized boolean kills(Point point, long unsettled) {
        if (armed != point || --left > 0) {
            return false;
        }
        victim.kill();
        armed = null;
        deaths.add(new Death(point, nth, unsettled));
        return true;
    }

    private void survive(Point point, long unsettled) throws IOException {
        if (kills(point, unsettled)) {
            throw new IOException("killed");
        }
    }

    /** Between a subscriber and its broker. */
    Relay.Gates receiving() {
        AtomicLong delivered = new AtomicLong();
        AtomicLong acked = new AtomicLong();
        return new Relay.Gates(new AmqpFrames(true, (frame, on) -> {
            if (frame.isAck()) {
                survive(Point.ACKNOWLEDGING, delivered.get() - acked.get());
                acked.set(frame.acked());
            }
            on.write(frame.bytes());
        }), new AmqpFrames(false, (frame, on) -> {
            if (frame.isDelivery()) {
                survive(Point.RECEIVING, delivered.getAndIncrement() - acked.get());
            }
            on.write(frame.bytes());
        }));
    }

    /** Between a subscriber and its Redis. */
    Relay.Gates writing() {
        AtomicBoolean committing = new AtomicBoolean();
        return new Relay.Gates((bytes, on) -> {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            if (text.toLowerCase(Locale.ROOT).contains("\neval") && text.contains("heartbeat:outbox")) {
                survive(Point.WRITING, 1);
                committing.set(true);
            }
            on.write(bytes);
        }, (bytes, on) -> {
            if (committing.getAndSet(false) && bytes[0] != '-') {
                survive(Point.WRITTEN, 1);
            }
            on.write(bytes);
        });
    }

    /** Between a publisher and its broker. */
    Relay.Gates sending() {
        AtomicLong sent = new AtomicLong();
        return new Relay.Gates(new AmqpFrames(true, (frame, on) -> {
            if (frame.isBody()) {
                sendHalf(frame, on);
                sent.incrementAndGet();
            }
            on.write(frame.bytes());
        }), new AmqpFrames(false, (frame, on) -> {
            if (frame.isAck()) {
                survive(Point.CONFIRMING, sent.get());
            }
            on.write(frame.bytes());
        }));
    }

    private void sendHalf(Frame frame, OutputStream on) throws IOException {
        if (kills(Point.SENDING, 1)) {
            on.write(frame.bytes(), 0, frame.bytes().length / 2);
            on.flush();
            throw new IOException("killed");
        }
    }
}
