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
        Mark mark = mark(heard.heartbeat(), said, correction, heard.received());
        boolean live = Duration.between(mark.at(), heard.received()).compareTo(limit) <= 0;
        return new Placed(heard.heartbeat(), heard.received(), group, correction, mark, mark.isNewerThan(group.mark()), live);
    }

    /** The mark of one of its observations. */
    Mark mark(Observation observation) {
        return mark(heartbeat, observation.at(), correction, received);
    }

    private static Mark mark(Heartbeat heartbeat, Instant said, Duration correction, Instant received) {
        Instant at = correction.isZero() ? said : said.plus(correction);
        return new Mark(at.isAfter(received.plus(Speaker.TOLERANCE)) ? received : at, heartbeat.boot(), heartbeat.sequence());
    }
}
