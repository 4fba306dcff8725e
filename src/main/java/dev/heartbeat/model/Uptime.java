package dev.heartbeat.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What share of the observed time was a target up? Time in which nobody could know counts neither way. */
public final class Uptime {
    /** Over which time? Longer ones than a day begin with a whole day (UTC). */
    public enum Window {
        DAY(1, "24h"),
        WEEK(7, "7d"),
        MONTH(30, "30d"),
        QUARTER(90, "90d");

        private final int days;
        private final String word;

        Window(int days, String word) {
            this.days = days;
            this.word = word;
        }

        public int days() {
            return days;
        }

        /** As it is written in answers and addresses: {@code 24h}, {@code 7d}, {@code 30d}, {@code 90d}. */
        public String word() {
            return word;
        }
    }

    /** Of how many minutes of one day (UTC) is known how the target was, and in how many of them was it not up? */
    public record Day(LocalDate day, int observed, int down) {
    }

    private Uptime() {
    }

    /** Of a target of that state; of one that the state does not know nothing was observed. */
    public static Uptime of(SourceState state, Target target, Instant now) {
        throw new UnsupportedOperationException("STUB");
    }

    /** The share, 0 to 1; null when nothing was observed in that time. */
    public Double over(Window window) {
        throw new UnsupportedOperationException("STUB");
    }

    /** The last 90 days, today among them, oldest first. */
    public List<Day> days() {
        throw new UnsupportedOperationException("STUB");
    }
}
