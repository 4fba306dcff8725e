package dev.heartbeat.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * How do PH's keys and messages write an instant? {@code yyyy-MM-dd HH:mm:ss UTC}, exactly: one malformed value makes the
 * keys' reader answer nothing at all.
 */
public final class PhTime {
    private static final String SHAPE = "0000-00-00 00:00:00 UTC";
    /** The reader of the keys counts years from 1. */
    private static final long EARLIEST = LocalDateTime.of(1, 1, 1, 0, 0, 0).toEpochSecond(ZoneOffset.UTC);
    static final long LATEST = LocalDateTime.of(9999, 12, 31, 23, 59, 59).toEpochSecond(ZoneOffset.UTC);

    private PhTime() {
    }

    /** Whether its year has four digits, as every form of an instant that others read must have. */
    static boolean isSayable(Instant instant) {
        return instant.getEpochSecond() >= EARLIEST && instant.getEpochSecond() <= LATEST;
    }

    /** The instant itself, or the nearest whose year has four digits. */
    static Instant sayable(Instant instant) {
        return isSayable(instant) ? instant : instant(text(instant));
    }

    /** The instant in whole seconds; one that has not four digits for its year becomes the nearest that has. */
    public static String text(Instant instant) {
        long second = Math.max(EARLIEST, Math.min(LATEST, instant.getEpochSecond()));
        LocalDateTime at = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        char[] text = SHAPE.toCharArray();
        write(text, 3, at.getYear());
        write(text, 6, at.getMonthValue());
        write(text, 9, at.getDayOfMonth());
        write(text, 12, at.getHour());
        write(text, 15, at.getMinute());
        write(text, 18, at.getSecond());
        return new String(text);
    }

    /** The instant that the text says; null when it is not written exactly so. */
    public static Instant instant(String text) {
        if (!hasShape(text)) {
            return null;
        }
        try {
            Instant instant = LocalDateTime.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10),
                    number(text, 11, 13), number(text, 14, 16), number(text, 17, 19)).toInstant(ZoneOffset.UTC);
            return instant.getEpochSecond() < EARLIEST ? null : instant;
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    private static boolean hasShape(String text) {
        if (text == null || text.length() != SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char expected = SHAPE.charAt(i);
            char found = text.charAt(i);
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int begin, int end) {
        int number = 0;
        for (int i = begin; i < end; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static void write(char[] text, int last, int number) {
        int rest = number;
        for (int at = last; rest > 0; at--) {
            text[at] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** The instant of a text in PH's form or in ISO-8601; null for any other text and for years that PH's form has not. */
    public static Instant parse(String text) {
        if (text.endsWith(" UTC")) {
            return instant(text);
        }
        Instant instant = IsoTime.parse(text);
        return instant != null && isSayable(instant) ? instant : null;
    }
}
