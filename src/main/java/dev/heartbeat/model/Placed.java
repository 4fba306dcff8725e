package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;

/**
 * Where in time does a heartbeat belong?
 *
 * @param received on our clock
 * @param group that it is of, as it was before
 * @param correction to have the source's instants on our clock
 * @param mark of the heartbeat as a whole
 * @param newest whether it is the newest of its group
 * @param live whether it is young enough to prove that its source is alive
 */
record Placed(Heartbeat heartbeat, Instant received, Group group, Duration correction, Mark mark, boolean newest,
        boolean live) {

    static Placed of(Heard heard, Instant said, Group group, Duration correction, Duration limit) {
        Mark mark = mark(heard.heartbeat(), sequence(heard.heartbeat(), group), said, correction, heard.received());
        boolean live = Duration.between(mark.at(), heard.received()).compareTo(limit) <= 0;
        return new Placed(heard.heartbeat(), heard.received(), group, correction, mark, mark.isNewerThan(group.mark()), live);
    }

    /** The mark of one of its observations. */
    Mark mark(Observation observation) {
        return mark(heartbeat, mark.sequence(), observation.at(), correction, received);
    }

    /** What names no boot (PH) is counted as it arrives, so that a target's mark tells from which heartbeat it is. */
    private static long sequence(Heartbeat heartbeat, Group group) {
        return heartbeat.boot() != null ? heartbeat.sequence() : group.mark() == null ? 1 : group.mark().sequence() + 1;
    }

    private static Mark mark(Heartbeat heartbeat, long sequence, Instant said, Duration correction, Instant received) {
        Instant at = correction.isZero() ? said : said.plus(correction);
        return new Mark(at.isAfter(received.plus(Speaker.TOLERANCE)) ? received : at, heartbeat.boot(), sequence);
    }
}
