package dev.heartbeat.transport;

import java.time.Clock;

import dev.heartbeat.model.Printable;

/** How does one link stand? Tells {@link Links} every change, and the log every change that somebody may have to act on. */
final class Standing {
    private final LinkVoice voice;
    private boolean connected;
    private boolean drained;
    private String down;
    private String topology;
    private String blocked;
    private long accepting;

    Standing(Links links, Links.Side side, Clock clock, String where) {
        this.voice = new LinkVoice(links, side, clock, Printable.text(where));
    }

    synchronized void up(String detail) {
        connected = true;
        down = null;
        accepting = System.nanoTime();
        topology = detail;
        say(true);
    }

    synchronized void down(String reason, boolean aloud) {
        connected = false;
        drained = false;
        blocked = null;
        topology = null;
        down = reason;
        say(aloud);
    }

    synchronized void topology(String detail) {
        topology = detail;
        say(true);
    }

    /** Null when the broker accepts again. */
    synchronized void blocked(String reason) {
        blocked = reason;
        accepting = System.nanoTime();
        say(true);
    }

    synchronized void drained() {
        drained = true;
        say(false);
    }

    synchronized boolean isUp() {
        return connected && blocked == null;
    }

    synchronized boolean isBlocked() {
        return blocked != null;
    }

    /** How long the broker has been accepting what we publish; 0 while it does not. */
    synchronized long acceptingNanos() {
        return blocked == null ? System.nanoTime() - accepting : 0;
    }

    synchronized boolean isDrained() {
        return drained;
    }

    /** Why not up, or what is amiss although it is up. */
    synchronized String detail() {
        return connected ? RabbitLink.join(blocked, topology) : down;
    }

    private void say(boolean aloud) {
        voice.say(isUp(), drained, detail(), aloud);
    }
}
