package dev.heartbeat.probe;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Collectors;

import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.PythonPattern.Match;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.WebsiteSpec.Expectation;

/** Is a website's answer what was expected? The gravest difference counts. */
final class HttpVerdict {
    private HttpVerdict() {
    }

    /**
     * What did the search of a body find?
     *
     * @param cut whether only the beginning was searched
     */
    record Searched(Match match, boolean cut) {
        static final Searched NOTHING = new Searched(null, false);
    }

    static Outcome of(Expectation expect, Visit.Arrival arrival, Searched searched, Instant now) {
        int status = arrival.response().statusCode();
        if (!expect.accepts(status)) {
            return Outcome.down(Reason.REJECTED, "status " + status + ", expected " + expect.status().stream()
                    .map(String::valueOf).collect(Collectors.joining(", ")));
        }
        if (searched.match() == Match.NOT_FOUND) {
            return Outcome.down(Reason.MISMATCH, searched.cut()
                    ? "the body does not match in its first " + BodyReader.LIMIT / 1024 + " KiB, and no more is read"
                    : "the body does not match");
        }
        Instant end = arrival.certificateExpiry();
        if (end != null && expect.certificateDays() != null
                && end.isBefore(now.plus(Duration.ofDays(expect.certificateDays())))) {
            return Outcome.down(Reason.EXPIRING, "the certificate ends on " + end.atOffset(ZoneOffset.UTC).toLocalDate()
                    + ", at least " + expect.certificateDays() + " days were expected");
        }
        if (expect.latency() != null && arrival.latency().compareTo(expect.latency()) > 0) {
            return Outcome.down(Reason.SLOW, "slower than " + expect.latency().toMillis() + " ms");
        }
        return searched.match() == Match.TOO_COSTLY
                ? Outcome.unknown(Reason.TOO_COSTLY, "the search of the body exceeded its step budget")
                : Outcome.UP;
    }
}
