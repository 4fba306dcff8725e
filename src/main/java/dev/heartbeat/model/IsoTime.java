package dev.heartbeat.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Which instant does a text in ISO-8601 say? Every observation has several: the form in which we write them is read by hand, in
 * a
 * tenth of the time that the JDK's parser needs; all others are left to that.
 */
final class IsoTime {
    private static final String SHAPE = "0000-00-00T00:00:00";
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int SECONDS_PER_HOUR = 3_600;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int NANO_DIGITS = 9;

    private IsoTime() {
    }

    /** Null when the text is none that {@link Instant#parse} takes. */
    static Instant parse(String text) {
        try {
            return isPlain(text) ? plain(text) : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** In UTC, with a point and one to nine digits, or without; no leap second, and no hour 24. */
    private static boolean isPlain(String text) {
        int last = text.length() - 1;
        int point = SHAPE.length();
        if (last < point || last > point + 1 + NANO_DIGITS || text.charAt(last) != 'Z'
                || last > point && (text.charAt(point) != '.' || last == point + 1)) {
            return false;
        }
        for (int i = 0; i < point; i++) {
            char expected = SHAPE.charAt(i);
            if (expected == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != expected) {
                return false;
            }
        }
        for (int i = point + 1; i < last; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return number(text, 11, 13) < 24 && number(text, 14, 16) < 60 && number(text, 17, 19) < 60;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Instant plain(String text) {
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
        int second = number(text, 11, 13) * SECONDS_PER_HOUR + number(text, 14, 16) * SECONDS_PER_MINUTE + number(text, 17, 19);
        int digits = Math.max(0, text.length() - SHAPE.length() - 2);
        int nanos = digits == 0 ? 0 : number(text, SHAPE.length() + 1, text.length() - 1);
        for (int i = digits; i < NANO_DIGITS; i++) {
            nanos *= 10;
        }
        return Instant.ofEpochSecond(day * SECONDS_PER_DAY + second, nanos);
    }

    static int number(String text, int begin, int end) {
        int number = 0;
        for (int i = begin; i < end; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
