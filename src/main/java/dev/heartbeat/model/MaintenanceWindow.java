package dev.heartbeat.model;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From when to when? Once, every day, or every week; the end is not part of it. */
sealed interface MaintenanceWindow {
    boolean holds(Instant at, ZoneId zone);

    /** From one instant to another. */
    record Once(Instant from, Instant to) implements MaintenanceWindow {
        @Override
        public boolean holds(Instant at, ZoneId zone) {
            return !at.isBefore(from) && at.isBefore(to);
        }
    }

    /**
     * By the clock on the wall, whatever daylight saving makes of it; over midnight when it ends before it begins.
     *
     * @param day on which it begins; null for every day
     * @param from minute of the day, as {@code to}, which may be the end of the day
     */
    record Recurring(DayOfWeek day, int from, int to) implements MaintenanceWindow {
        @Override
        public boolean holds(Instant at, ZoneId zone) {
            ZonedDateTime local = at.atZone(zone);
            int minute = local.getHour() * 60 + local.getMinute();
            if (from < to) {
                return isOn(local.getDayOfWeek()) && minute >= from && minute < to;
            }
            return isOn(local.getDayOfWeek()) && minute >= from || isOn(local.getDayOfWeek().minus(1)) && minute < to;
        }

        private boolean isOn(DayOfWeek today) {
            return day == null || day == today;
        }
    }

    Pattern CLOCK = Pattern.compile("(?:(?<day>\\p{Alpha}+) )?(?<from>\\d\\d:\\d\\d)-(?<to>\\d\\d:\\d\\d)");
    String FORM = "give 02:00-04:00 (daily), Sun 02:00-04:00 (weekly), 2026-12-01T22:00Z/2026-12-02T02:00Z or"
            + " 2026-12-01T22:00Z/PT4H";

    /** @throws IllegalArgumentException with the words that should be said, when the text is no window */
    static MaintenanceWindow of(String text, ZoneId zone) {
        Matcher clock = CLOCK.matcher(text);
        try {
            MaintenanceWindow window = clock.matches() ? recurring(clock) : once(text, zone);
            if (window != null) {
                return window;
            }
        } catch (DateTimeException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException("'" + text + "' is no window; " + FORM, malformed);
        }
        throw new IllegalArgumentException("'" + text + "' is no window, because it ends when or before it begins; " + FORM);
    }

    static boolean isDay(String word) {
        return day(word) != null;
    }

    private static MaintenanceWindow recurring(Matcher clock) {
        String word = clock.group("day");
        DayOfWeek day = word == null ? null : day(word);
        if (word != null && day == null) {
            throw new IllegalArgumentException(word);
        }
        int from = minute(clock.group("from"), 24 * 60 - 1);
        int to = minute(clock.group("to"), 24 * 60);
        return from == to ? null : new Recurring(day, from, to);
    }

    private static int minute(String time, int last) {
        int minute = Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
        if (minute > last || Integer.parseInt(time.substring(3)) > 59) {
            throw new IllegalArgumentException(time);
        }
        return minute;
    }

    private static MaintenanceWindow once(String text, ZoneId zone) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(text);
        }
        Instant from = instant(text.substring(0, slash), zone);
        String end = text.substring(slash + 1);
        Instant to = end.startsWith("P") ? from.plus(Durations.parse(end)) : instant(end, zone);
        return to.isAfter(from) ? new Once(from, to) : null;
    }

    private static Instant instant(String text, ZoneId zone) {
        boolean hasOffset = text.matches(".*T.*(Z|[+-]\\d\\d(:?\\d\\d)?)");
        return hasOffset ? OffsetDateTime.parse(text).toInstant() : LocalDateTime.parse(text).atZone(zone).toInstant();
    }

    private static DayOfWeek day(String word) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (word.equalsIgnoreCase(day.name())
                    || word.equalsIgnoreCase(day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))) {
                return day;
            }
        }
        return null;
    }
}
