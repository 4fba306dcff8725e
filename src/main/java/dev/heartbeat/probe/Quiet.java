package dev.heartbeat.probe;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Until when has the management API asked to be left alone? */
final class Quiet {
    private static final Duration UNSAID = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private volatile long end = System.nanoTime();

    /** @param retryAfter seconds or an HTTP date; null where the answer named none */
    void ask(String retryAfter) {
        Duration asked = duration(retryAfter);
        end = System.nanoTime() + (asked.compareTo(LONGEST) < 0 ? asked : LONGEST).toNanos();
    }

    /** Zero or less when it may be asked. */
    Duration left() {
        return Duration.ofNanos(end - System.nanoTime());
    }

    static Duration duration(String retryAfter) {
        if (retryAfter == null) {
            return UNSAID;
        }
        try {
            return retryAfter.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(retryAfter))
                    : Duration.between(ZonedDateTime.now(),
                            ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return UNSAID;
        }
    }
}
