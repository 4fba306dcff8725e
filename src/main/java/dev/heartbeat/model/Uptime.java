package dev.heartbeat.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
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

    private final long today;
    /** Since the begin of each day: the first is that of {@link Closing#DAYS_KEPT} days ago, the last but one is today. */
    private final int[] observed;
    private final int[] down;
    private final int lastObserved;
    private final int lastDown;

    private Uptime(Count count) {
        this.today = count.today;
        this.observed = count.observed;
        this.down = count.down;
        this.lastObserved = count.lastObserved;
        this.lastDown = count.lastDown;
    }

    /** What was counted so far; used once. */
    static final class Count {
        private final long today;
        private final int[] observed = new int[Closing.DAYS_KEPT + 2];
        private final int[] down = new int[Closing.DAYS_KEPT + 2];
        private int lastObserved;
        private int lastDown;

        Count(long today) {
            this.today = today;
        }

        void add(long day, int observedMinutes, int downMinutes) {
            int index = (int) (day - today) + Closing.DAYS_KEPT;
            if (index >= 0 && index <= Closing.DAYS_KEPT) {
                observed[index] += observedMinutes;
                down[index] += downMinutes;
            }
        }

        void addToLastDay(int observedMinutes, int downMinutes) {
            lastObserved += observedMinutes;
            lastDown += downMinutes;
        }

        /** No day has observed less than nothing, nor less than what was down: not even where moves were forgotten. */
        Uptime uptime() {
            for (int i = Closing.DAYS_KEPT; i >= 0; i--) {
                observed[i] = Math.min(Math.max(observed[i], down[i]), Minutes.PER_DAY) + observed[i + 1];
                down[i] += down[i + 1];
            }
            return new Uptime(this);
        }
    }

    static Uptime nothing(long today) {
        return new Count(today).uptime();
    }

    /**
     * Of a target of that state; of one that the state does not know nothing was observed. For many targets of one source
     * {@link Uptimes} is the cheaper one to ask.
     */
    public static Uptime of(SourceState state, Target target, Instant now) {
        return Uptimes.of(state, now).of(target);
    }

    /** The share, 0 to 1; null when nothing was observed in that time. */
    public Double over(Window window) {
        if (window == Window.DAY) {
            return share(lastObserved, lastDown);
        }
        int first = Closing.DAYS_KEPT - window.days();
        return share(observed[first], down[first]);
    }

    private static Double share(int observed, int down) {
        return observed == 0 ? null : (Double) ((double) (observed - down) / observed);
    }

    /** The last 90 days, today among them, oldest first. */
    public List<Day> days() {
        List<Day> days = new ArrayList<>(Closing.DAYS_KEPT);
        for (int i = 1; i <= Closing.DAYS_KEPT; i++) {
            days.add(new Day(LocalDate.ofEpochDay(today - Closing.DAYS_KEPT + i), observed[i] - observed[i + 1],
                    down[i] - down[i + 1]));
        }
        return days;
    }
}
