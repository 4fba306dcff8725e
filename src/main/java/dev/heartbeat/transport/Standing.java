package dev.heartbeat.transport;

import java.time.Clock;
import java.util.Objects;

import org.jboss.logging.Logger;

import dev.heartbeat.model.Printable;

/** How does one link stand? Tells {@link Links} every change, and the log every change that somebody may have to act on. */
final class Standing {
    private static final Logger LOG = Logger.getLogger(RabbitLink.class);

    private final Links links;
    private final Links.Side side;
    private final Clock clock;
    private final String where;
    private boolean connected;
    private boolean drained;
    private String down;
    private String topology;
    private String blocked;
    private String logged;
    private long accepting;

    Standing(Links links, Links.Side side, Clock clock, String where) {
        this.links = links;
        this.side = side;
        this.clock = clock;
        this.where = Printable.text(where);
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
        boolean up = isUp();
        String detail = detail();
        if (aloud) {
            log(up, detail);
        }
        Links.Status former = links.status(side);
        boolean same = former != null && former.up() == up;
        if (!same || former.drained() != drained || !Objects.equals(former.detail(), detail)) {
            links.set(side, new Links.Status(up, drained, same ? former.since() : clock.instant(), detail));
        }
    }

    /** One line for each change, not one for each attempt. */
    private void log(boolean up, String detail) {
        String line = up + (detail == null ? "" : detail);
        if (line.equals(logged)) {
            return;
        }
        logged = line;
        String what = side == Links.Side.OUT ? "Publishing to " : "Consuming from ";
        if (!up) {
            LOG.warnf("%s%s is interrupted: %s", what, where, detail);
        } else if (detail != null) {
            LOG.warnf("%s%s, but %s", what, where, detail);
        } else {
            LOG.infof("%s%s", what, where);
        }
    }
}
