package dev.heartbeat.transport;

import java.time.Clock;
import java.util.Objects;

import org.jboss.logging.Logger;

/**
 * What do {@link Links} and the log hear of one side's link? Each change once. Whoever speaks sees to it that nobody else does.
 */
final class LinkVoice {
    private static final Logger LOG = Logger.getLogger(LinkVoice.class);

    private final Links links;
    private final Links.Side side;
    private final Clock clock;
    private final String where;
    private String logged;

    /** @param where printable, as the log has it */
    LinkVoice(Links links, Links.Side side, Clock clock, String where) {
        this.links = links;
        this.side = side;
        this.clock = clock;
        this.where = where;
    }

    /**
     * @param detail why not up, or what is not as it should be although it is up; null when there is nothing to say
     * @param aloud whether the log hears of it too
     */
    void say(boolean up, boolean drained, String detail, boolean aloud) {
        say(up, drained, true, detail, aloud);
    }

    /** @param whole as {@link Links.Status} has it */
    void say(boolean up, boolean drained, boolean whole, String detail, boolean aloud) {
        if (aloud) {
            log(up, detail);
        }
        Links.Status former = links.status(side);
        boolean same = former != null && former.up() == up;
        if (!same || former.drained() != drained || former.whole() != whole || !Objects.equals(former.detail(), detail)) {
            links.set(side, new Links.Status(up, drained, same ? former.since() : clock.instant(), detail, whole));
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
