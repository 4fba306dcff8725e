package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.heartbeat.model.Alert.What;

/**
 * Which trouble began, and has not ended?
 *
 * @param target null when it is the source as a whole
 * @param told when its receiver was last told of it; null when it was not: it is history, or maintenance holds it back
 * @param past whether it was history when it was read: then it is told only when all history has been read
 */
record OpenAlert(String id, String source, Target target, Health health, Instant since, Reason reason, String detail,
        Instant told, boolean past) {
    /** What is remembered of a detail; the alert with which it begins says all of it. */
    private static final int DETAIL = 300;

    OpenAlert {
        since = since.truncatedTo(ChronoUnit.MILLIS);
        detail = detail == null || detail.length() <= DETAIL ? detail : detail.substring(0, DETAIL) + "…";
    }

    static OpenAlert of(Happening happening) {
        Transition begin = happening.transition();
        return new OpenAlert(happening.id(), begin.source(), begin.target(), begin.to(), begin.at(), begin.reason(),
                begin.detail(), null, begin.telling() == Telling.PAST);
    }

    boolean isTold() {
        return told != null;
    }

    OpenAlert told(Instant now) {
        return new OpenAlert(id, source, target, health, since, reason, detail, now, past);
    }

    /** The same trouble, as that transition left it. */
    OpenAlert as(Transition newer) {
        return new OpenAlert(id, source, target, newer.to(), since, newer.reason(), newer.detail(), told, past);
    }

    Alert firing() {
        return new Alert(id, What.FIRING, source, target, health, since, reason, detail, since, null);
    }

    /** @param words the detail, which may be longer than what is remembered */
    Alert firing(String words) {
        return new Alert(id, What.FIRING, source, target, health, since, reason, words, since, null);
    }

    Alert changed(Transition newer) {
        return new Alert(id, What.CHANGED, source, target, newer.to(), since, newer.reason(), newer.detail(), newer.at(),
                lasted(newer.at()));
    }

    Alert reminder(Instant now) {
        return new Alert(id, What.REMINDER, source, target, health, since, reason, detail, now, lasted(now));
    }

    Alert resolved(Transition end) {
        boolean retired = end.to() == null;
        return new Alert(id, What.RESOLVED, source, target, end.to(), since, retired ? Reason.RETIRED : reason,
                retired ? end.detail() : detail, end.at(), lasted(end.at()));
    }

    private Duration lasted(Instant until) {
        return until.isBefore(since) ? Duration.ZERO : Duration.between(since, until);
    }
}
