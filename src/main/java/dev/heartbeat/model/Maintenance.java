package dev.heartbeat.model;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When is trouble of which targets expected, so that nobody is told of it? Entries of a pattern and a window:
 * {@code host/db-* Sun 02:00-04:00; source/zone-7 2026-12-01T22:00Z/PT4H}.
 */
public record Maintenance(List<Entry> entries, ZoneId zone) {
    private static final String SOURCE = "source";
    private static final Pattern ENTRY = Pattern.compile("(?s)(?<pattern>.*?\\S)\\s+(?<window>(?:\\p{Alpha}+\\s+)?\\S+)");
    private static final String FORM = "give a pattern and a window, such as host/db-* Sun 02:00-04:00";

    /**
     * Who, and when?
     *
     * @param targets null for a source with all that it watches
     * @param sources which sources are meant as a whole; null for none
     */
    record Entry(TargetPattern targets, Glob sources, MaintenanceWindow window) {
        boolean isOfSource(String source) {
            return sources != null && sources.matches(source);
        }

        boolean isOf(String source, Target target) {
            return isOfSource(source) || target != null && targets != null && targets.matches(target);
        }
    }

    public Maintenance {
        entries = List.copyOf(entries);
        Objects.requireNonNull(zone);
    }

    /** No window at all. */
    public static Maintenance none() {
        return new Maintenance(List.of(), ZoneId.of("UTC"));
    }

    /**
     * The entries of that text, separated by {@code ;}. A pattern is a {@link TargetPattern}, or {@code source/glob} for
     * sources
     * as a whole with all that they watch; {@code *} is everything.
     *
     * @param zone in which times without an offset are meant
     * @throws IllegalArgumentException with a line of words for the first entry that is none
     */
    public static Maintenance of(String text, ZoneId zone) {
        List<Entry> entries = new ArrayList<>();
        for (String part : text.split(";")) {
            if (!part.isBlank()) {
                entries.add(entry(part.strip(), zone));
            }
        }
        return new Maintenance(entries, zone);
    }

    private static Entry entry(String text, ZoneId zone) {
        Matcher matcher = ENTRY.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' has no window; " + FORM);
        }
        // A weekday belongs to the window, any other word to a name with spaces in it.
        String pattern = matcher.group("pattern");
        String window = matcher.group("window");
        int space = window.indexOf(' ');
        if (space > 0 && !MaintenanceWindow.isDay(window.substring(0, space))) {
            pattern = pattern + " " + window.substring(0, space);
            window = window.substring(space).strip();
        }
        return entry(pattern, MaintenanceWindow.of(window.replaceAll("\\s+", " "), zone));
    }

    private static Entry entry(String pattern, MaintenanceWindow window) {
        if (pattern.equals("*") || pattern.equals(SOURCE)) {
            return new Entry(null, new Glob("*"), window);
        }
        return pattern.startsWith(SOURCE + "/") ? new Entry(null, new Glob(pattern.substring(SOURCE.length() + 1)), window)
                : new Entry(TargetPattern.of(pattern), null, window);
    }

    /** Whether trouble of that target, or of the source as a whole (null), is expected at that instant. */
    public boolean covers(String source, Target target, Instant at) {
        for (Entry entry : entries) {
            if (entry.isOf(source, target) && entry.window().holds(at, zone)) {
                return true;
            }
        }
        return false;
    }

    /** Whether trouble of the source as a whole, or of each of these targets of it, is expected at that instant. */
    boolean covers(String source, Set<Target> targets, Instant at) {
        return !entries.isEmpty() && (covers(source, (Target) null, at)
                || !targets.isEmpty() && targets.stream().allMatch(target -> covers(source, target, at)));
    }
}
