package dev.heartbeat.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.heartbeat.model.LatencyHour;
import dev.heartbeat.model.Uptime.Window;

/**
 * What says a badge, and how wide is it? Widths are guessed and then told to the browser, which fits the letters in.
 *
 * @param label the left half
 * @param value the right half
 * @param colour of the right half
 */
public record Badge(String label, String value, String colour) {
    static final Badge UNKNOWN = new Badge("heartbeat", "unknown", "#5f6670");
    private static final String GOOD = "#1f7a3d";
    private static final String FAIR = "#8a5a00";
    private static final String BAD = "#b3261e";
    private static final String NONE = "#5f6670";
    private static final int LONGEST = 40;
    private static final int PADDING = 12;
    private static final double GOOD_SHARE = 0.999;
    private static final double FAIR_SHARE = 0.99;

    /** What can be asked of a target? */
    enum What {
        HEALTH("health"),
        UPTIME("uptime-7d"),
        LATENCY("latency");

        private final String word;

        What(String word) {
            this.word = word;
        }

        /** As it stands in the address. */
        String word() {
            return word;
        }

        /** Null for a word that is none. */
        static What of(String word) {
            return Arrays.stream(values()).filter(what -> what.word.equals(word)).findFirst().orElse(null);
        }
    }

    static Badge health(String name, PageEntry entry) {
        String value = entry.known().steadiness().flapping() ? "flapping" : entry.sign().css();
        String colour = switch (entry.known().health()) {
            case UP -> entry.isUnsteady() ? FAIR : GOOD;
            case DOWN -> BAD;
            case STALE, UNKNOWN -> NONE;
        };
        return new Badge(label(name), value, colour);
    }

    static Badge uptime(String name, PageHistory history) {
        Double share = history.over(Window.WEEK);
        String colour = share == null ? NONE : share >= GOOD_SHARE ? GOOD : share >= FAIR_SHARE ? FAIR : BAD;
        return new Badge(label(name), share == null ? "no data" : PageText.percent(share) + " in 7 d", colour);
    }

    /** The mean of the newest hour that has answers. */
    static Badge latency(String name, List<LatencyHour> hours) {
        return hours.isEmpty() ? new Badge(label(name), "no data", NONE)
                : new Badge(label(name), PageText.latency(hours.get(hours.size() - 1).histogram().mean()), "#1f5f99");
    }

    private static String label(String name) {
        return PageText.clip(PageText.name(name), LONGEST);
    }

    public int labelText() {
        return width(label);
    }

    public int valueText() {
        return width(value);
    }

    public int labelWidth() {
        return labelText() + PADDING;
    }

    public int valueWidth() {
        return valueText() + PADDING;
    }

    public int width() {
        return labelWidth() + valueWidth();
    }

    private static int width(String text) {
        return Math.max(6, (int) Math.ceil(text.codePoints().mapToDouble(Badge::width).sum()));
    }

    /** Of a sans-serif letter at 11 pixels. */
    private static double width(int code) {
        if (code >= 0x2E80) {
            return 11.5;
        }
        boolean narrow = "iIjlft.,:;|!'()[] -".indexOf(code) >= 0;
        boolean wide = "mwMW@%".indexOf(code) >= 0;
        return narrow ? 4.2 : wide ? 9.8 : Character.isUpperCase(code) ? 7.8 : 6.7;
    }

    /** What both halves say, for who hears it. */
    public String words() {
        return label + ": " + value.toLowerCase(Locale.ROOT);
    }
}
