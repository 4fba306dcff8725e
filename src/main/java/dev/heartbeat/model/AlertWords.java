package dev.heartbeat.model;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** How is an alert said to a person? Everything that came from outside is printable, and on one line. */
public final class AlertWords {
    private AlertWords() {
    }

    /** What happened, in one line: {@code host db of zone-7 is DOWN}. */
    public static String title(Alert alert) {
        return Printable.text(alert.target() == null ? ofSource(alert)
                : alert.target() + " of " + alert.source() + ofTarget(alert));
    }

    /** Why and since when, in one line: {@code UNREACHABLE, connection refused (since 2026-01-01T00:00:00Z)}. */
    public static String cause(Alert alert) {
        StringBuilder cause = new StringBuilder();
        if (alert.reason() != null) {
            cause.append(alert.reason());
        }
        if (alert.detail() != null) {
            cause.append(cause.isEmpty() ? "" : ", ").append(alert.detail());
        }
        String since = " (since " + alert.since().truncatedTo(ChronoUnit.SECONDS) + ")";
        return Printable.text(cause.toString()) + since;
    }

    private static String ofTarget(Alert alert) {
        boolean flaps = alert.reason() == Reason.FLAPPING;
        String state = flaps ? "flapping" : String.valueOf(alert.health());
        return switch (alert.what()) {
            case FIRING -> " is " + state;
            case CHANGED -> " is " + alert.health() + " now";
            case REMINDER -> " is still " + state + after(alert);
            case RESOLVED -> alert.health() == null ? " is retired"
                    : flaps ? " is steady again" + after(alert)
                            : " is " + alert.health() + " again" + after(alert);
        };
    }

    private static String ofSource(Alert alert) {
        boolean many = alert.reason() != Reason.SILENT;
        String source = "source " + alert.source();
        return switch (alert.what()) {
            case FIRING, CHANGED -> source + (many ? ": many targets are not up" : " is silent");
            case REMINDER -> source + (many ? ": many targets are still not up" : " is still silent") + after(alert);
            case RESOLVED -> source + (many ? ": the many targets are up again" : " is heard again") + after(alert);
        };
    }

    private static String after(Alert alert) {
        return alert.lasted() == null ? "" : " after " + words(alert.lasted());
    }

    /** The two largest units, which is as exact as a person wants it: {@code 1d 2h}, {@code 4m 12s}. */
    static String words(Duration lasted) {
        long[] parts = { lasted.toDays(), lasted.toHoursPart(), lasted.toMinutesPart(), lasted.toSecondsPart() };
        String units = "dhms";
        for (int i = 0; i < parts.length - 1; i++) {
            if (parts[i] > 0) {
                return parts[i] + units.substring(i, i + 1) + " " + parts[i + 1] + units.charAt(i + 1);
            }
        }
        return parts[parts.length - 1] + "s";
    }
}
