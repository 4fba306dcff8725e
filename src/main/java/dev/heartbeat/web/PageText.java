package dev.heartbeat.web;

import java.time.Duration;
import java.util.Locale;

import dev.heartbeat.model.Printable;
import dev.heartbeat.model.Reason;

/** How do figures and words from elsewhere look to a reader? */
final class PageText {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_WORDS = 400;

    private PageText() {
    }

    /** A name from outside: printable, and not endless. Escaping is the template's. */
    static String name(String raw) {
        return clip(Printable.text(raw), LONGEST_NAME);
    }

    /** Why it is not up: the reason, and its detail where there is one; null when there is neither. */
    static String why(Reason reason, String detail) {
        if (reason == null && detail == null) {
            return null;
        }
        String words = detail == null ? null : clip(Printable.text(detail), LONGEST_WORDS);
        return reason == null ? words : words == null ? word(reason) : word(reason) + ": " + words;
    }

    private static String word(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String clip(String text, int most) {
        return text.codePointCount(0, text.length()) <= most ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** A share in hundredths of a percent, always rounded down: what is not 100 % never looks so. A dash when unknown. */
    static String percent(Double share) {
        if (share == null) {
            return "–";
        }
        long hundredths = (long) Math.floor(share * 10_000 + 1e-6);
        long whole = hundredths / 100;
        return hundredths % 100 == 0 ? whole + " %" : String.format(Locale.ROOT, "%d.%02d %%", whole, hundredths % 100);
    }

    /** {@code 1 target}, {@code 1,200 targets}. */
    static String count(long number, String what) {
        return number(number) + " " + what + (number == 1 ? "" : "s");
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** At most two units: {@code 3 d 4 h}, {@code 5 min 3 s}, {@code 12 s}. */
    static String lasting(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        } else if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        } else if (seconds < 86_400) {
            return two(seconds / 3600, "h", seconds / 60 % 60, "min");
        }
        return two(seconds / 86_400, "d", seconds / 3600 % 24, "h");
    }

    private static String two(long much, String unit, long little, String smaller) {
        return much + " " + unit + (little == 0 ? "" : " " + little + " " + smaller);
    }

    /** A latency with two or three digits that matter: {@code 0.42 ms}, {@code 12 ms}, {@code 1.3 s}. */
    static String latency(Duration latency) {
        double millis = latency.toNanos() / 1e6;
        if (millis < 10) {
            return String.format(Locale.ROOT, millis < 1 ? "%.2f ms" : "%.1f ms", millis);
        }
        return millis < 1000 ? Math.round(millis) + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000);
    }
}
