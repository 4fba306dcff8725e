package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;

/**
 * What is a receiver told?
 *
 * @param id the outbox's id of the transition with which the trouble began; all that is told of this trouble has it
 * @param target null when it is the source as a whole: silent, or many of its targets
 * @param health now; null when the target was retired
 * @param since when the trouble began
 * @param reason of the trouble; null when nobody said
 * @param detail the reason in words; may be null
 * @param at when that of which is told happened
 * @param lasted from {@code since} to {@code at}; null at the beginning
 */
public record Alert(String id, What what, String source, Target target, Health health, Instant since, Reason reason,
        String detail, Instant at, Duration lasted) {
    /** Which step of a trouble is told? */
    public enum What {
        /** It began. */
        FIRING,
        /** It was silent, flapping or unknown, and is down now; at most once. */
        CHANGED,
        /** It goes on. */
        REMINDER,
        /** It ended. */
        RESOLVED;

        private final String word = name().toLowerCase(Locale.ROOT);

        /** As it is written: lower case. */
        public String word() {
            return word;
        }
    }

    public Alert {
        Objects.requireNonNull(id);
        Objects.requireNonNull(what);
        Objects.requireNonNull(source);
        since = since.truncatedTo(ChronoUnit.MILLIS);
        at = at.truncatedTo(ChronoUnit.MILLIS);
        lasted = lasted == null ? null : lasted.truncatedTo(ChronoUnit.MILLIS);
    }

    /** What tells this from every other: a receiver that sees it twice was told the same twice. */
    public String key() {
        return id + "/" + what.word() + (what == What.REMINDER ? "/" + at.getEpochSecond() : "");
    }
}
