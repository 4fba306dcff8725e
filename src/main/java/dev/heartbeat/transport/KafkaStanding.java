package dev.heartbeat.transport;

import java.time.Clock;
import java.util.Objects;

import org.jboss.logging.Logger;

/** How does one side's link to Kafka stand? Tells {@link Links} every change, and the log every change that matters. */
final class KafkaStanding {
    private static final Logger LOG = Logger.getLogger(KafkaStanding.class);

    private final Links links;
    private final Links.Side side;
    private final Clock clock;
    private final String where;
    private String logged;

    KafkaStanding(Links links, Links.Side side, Clock clock, String where) {
        this.links = links;
        this.side = side;
        this.clock = clock;
        this.where = where;
    }

    /**
     * @param fault why not up, or what is not as it should be although it is up; null when there is nothing to say, which while
     *        it
     *        is not up means that it never was
     */
    synchronized void say(boolean up, boolean drained, String fault) {
        boolean beginning = !up && fault == null;
        String detail = beginning ? "not connected yet" : fault;
        if (!beginning) {
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
