package dev.heartbeat.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/**
 * How does PH write an instant? As {@code 2024-11-11 13:40:17 UTC}: whole seconds, of which its subscriber's reader accepts no
 * other form.
 */
public final class PhTime {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'")
            .withResolverStyle(ResolverStyle.STRICT);
    private static final int LENGTH = "2024-11-11 13:40:17 UTC".length();
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private PhTime() {
    }

    /** The instant in PH's form; years that have no four digits become the nearest that has. */
    public static String format(Instant instant) {
        Instant within = instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : instant;
        LocalDateTime time = LocalDateTime.ofEpochSecond(within.getEpochSecond(), 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(LENGTH);
        pad(text, time.getYear(), 1000).append('-');
        pad(text, time.getMonthValue(), 10).append('-');
        pad(text, time.getDayOfMonth(), 10).append(' ');
        pad(text, time.getHour(), 10).append(':');
        pad(text, time.getMinute(), 10).append(':');
        pad(text, time.getSecond(), 10).append(" UTC");
        return text.toString();
    }

    private static StringBuilder pad(StringBuilder text, int number, int unit) {
        for (int u = unit; u > 1 && number < u; u /= 10) {
            text.append('0');
        }
        return text.append(number);
    }

    /** The instant of a text in PH's form or in ISO-8601; null for any other text and for years without four digits. */
    public static Instant parse(String text) {
        try {
            Instant instant = text.endsWith(" UTC") ? LocalDateTime.parse(text, FORMAT).toInstant(ZoneOffset.UTC)
                    : Instant.parse(text);
            return instant.isBefore(FIRST) || instant.isAfter(LAST) ? null : instant;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
