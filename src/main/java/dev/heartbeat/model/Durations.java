package dev.heartbeat.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long is a duration as people write it: {@code 60}, {@code 0.5}, {@code 500ms}, {@code 2m}, {@code PT30S}? */
public final class Durations {
    static final String WORDS = "a duration such as 60 (seconds), 0.5, 500ms, 2m, 1h, 1d or PT30S";

    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,12}(?:\\.\\d{0,12})?|\\.\\d{1,12}) ?(ms|s|m|h|d)?");
    private static final Map<String, Duration> UNITS = Map.of("ms", Duration.ofMillis(1), "s", Duration.ofSeconds(1), "m",
            Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

    private Durations() {
    }

    /**
     * The duration in whole milliseconds; a number without a unit is in seconds, as in PH's {@code PUBLISH_INTERVAL}.
     *
     * @throws IllegalArgumentException when it is none, negative, or longer than 30 days; the message says what would be right
     */
    public static Duration parse(String text) {
        String bare = text.strip();
        Matcher matcher = NUMBER_AND_UNIT.matcher(bare);
        BigDecimal millis = matcher.matches() ? millis(matcher.group(1), matcher.group(2)) : isoMillis(bare);
        if (millis.compareTo(BigDecimal.valueOf(LONGEST.toMillis())) > 0) {
            throw new IllegalArgumentException("must be at most " + words(LONGEST));
        }
        long rounded = millis.setScale(0, RoundingMode.HALF_UP).longValueExact();
        if (millis.signum() < 0 || rounded == 0 && millis.signum() > 0) {
            throw new IllegalArgumentException("must be 0 or at least 1ms");
        }
        return Duration.ofMillis(rounded);
    }

    /** The duration as {@link #parse} takes it, in the largest unit that fits. */
    public static String words(Duration duration) {
        long millis = duration.toMillis();
        for (String unit : new String[] { "d", "h", "m", "s" }) {
            long size = UNITS.get(unit).toMillis();
            if (millis > 0 && millis % size == 0) {
                return millis / size + unit;
            }
        }
        return millis + "ms";
    }

    /** A length of time for a person: {@code 4m12s}; of a long one no more than the seconds. */
    static String spoken(Duration length) {
        Duration shown = length.compareTo(LONG) < 0 ? length : length.truncatedTo(ChronoUnit.SECONDS);
        return shown.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static BigDecimal millis(String number, String unit) {
        return new BigDecimal(number).multiply(BigDecimal.valueOf(UNITS.get(unit == null ? "s" : unit).toMillis()));
    }

    private static BigDecimal isoMillis(String text) {
        try {
            Duration duration = Duration.parse(text);
            return BigDecimal.valueOf(duration.getSeconds()).movePointRight(3)
                    .add(BigDecimal.valueOf(duration.getNano()).movePointLeft(6));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be " + WORDS, e);
        }
    }
}
