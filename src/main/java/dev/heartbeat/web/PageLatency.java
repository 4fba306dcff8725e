package dev.heartbeat.web;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import dev.heartbeat.model.LatencyHour;

/**
 * How fast were the answers of the last 48 hours, in a picture and in figures?
 *
 * @param words what the picture says
 * @param mean the means of hours that follow each other, a line each
 * @param band from the shortest to what 95 % of the answers kept within, an area each
 * @param ceiling what the top of the picture stands for
 * @param middle what its middle stands for
 * @param hours the figures, newest first
 */
public record PageLatency(String words, String mean, String band, String ceiling, String middle, List<Hour> hours) {
    private static final int HOURS = 48;
    private static final double COLUMN = 10;
    private static final double HEIGHT = 100;
    private static final double USUAL = 0.95;
    private static final int[] STEPS = { 1, 2, 5, 10 };

    /** The figures of one hour; {@code x} is where it stands in the picture. */
    public record Hour(PageMoment begin, double x, String words, String min, String mean, String usual, String max,
            String count) {
    }

    /** Null when nothing was measured. */
    static PageLatency of(List<LatencyHour> measured, Instant now) {
        Instant first = now.truncatedTo(ChronoUnit.HOURS).minus(HOURS - 1L, ChronoUnit.HOURS);
        List<LatencyHour> hours = measured.stream()
                .filter(hour -> !hour.hour().isBefore(first) && !hour.hour().isAfter(now) && hour.histogram().count() > 0)
                .sorted(Comparator.comparing(LatencyHour::hour)).toList();
        if (hours.isEmpty()) {
            return null;
        }
        double top = ceiling(hours.stream().mapToDouble(hour -> millis(usual(hour))).max().orElseThrow());
        List<List<LatencyHour>> runs = runs(hours);
        StringBuilder mean = new StringBuilder();
        StringBuilder band = new StringBuilder();
        runs.forEach(run -> {
            mean.append(line(run, first, top));
            band.append(area(run, first, top));
        });
        List<Hour> figures = new ArrayList<>(hours.stream().map(hour -> figures(hour, first)).toList());
        java.util.Collections.reverse(figures);
        return new PageLatency(words(hours), mean.toString(), band.toString(), text(top), text(top / 2), figures);
    }

    /** Hours without an answer are a gap, not a line across it. */
    private static List<List<LatencyHour>> runs(List<LatencyHour> hours) {
        List<List<LatencyHour>> runs = new ArrayList<>();
        Instant expected = null;
        for (LatencyHour hour : hours) {
            if (!hour.hour().equals(expected)) {
                runs.add(new ArrayList<>());
            }
            runs.get(runs.size() - 1).add(hour);
            expected = hour.hour().plus(1, ChronoUnit.HOURS);
        }
        return runs;
    }

    private static String line(List<LatencyHour> run, Instant first, double top) {
        StringBuilder line = new StringBuilder();
        for (LatencyHour hour : run) {
            double x = x(hour, first);
            double y = y(hour.histogram().mean(), top);
            line.append(point(line.isEmpty() ? 'M' : 'L', x, y)).append(point('L', x + COLUMN, y));
        }
        return line.toString();
    }

    private static String area(List<LatencyHour> run, Instant first, double top) {
        StringBuilder area = new StringBuilder();
        for (LatencyHour hour : run) {
            double x = x(hour, first);
            double y = y(usual(hour), top);
            area.append(point(area.isEmpty() ? 'M' : 'L', x, y)).append(point('L', x + COLUMN, y));
        }
        for (int index = run.size() - 1; index >= 0; index--) {
            double x = x(run.get(index), first);
            double y = y(run.get(index).histogram().min(), top);
            area.append(point('L', x + COLUMN, y)).append(point('L', x, y));
        }
        return area.append('z').toString();
    }

    private static String point(char command, double x, double y) {
        return String.format(Locale.ROOT, "%c%.0f %.1f", command, x, y);
    }

    private static double x(LatencyHour hour, Instant first) {
        return ChronoUnit.HOURS.between(first, hour.hour()) * COLUMN;
    }

    private static double y(Duration latency, double top) {
        return HEIGHT - Math.min(1, millis(latency) / top) * HEIGHT;
    }

    /** The next round figure above. */
    private static double ceiling(double millis) {
        double magnitude = Math.pow(10, Math.floor(Math.log10(Math.max(millis, 0.01))));
        for (int step : STEPS) {
            if (step * magnitude >= millis) {
                return step * magnitude;
            }
        }
        return 10 * magnitude;
    }

    private static Hour figures(LatencyHour hour, Instant first) {
        var all = hour.histogram();
        String mean = PageText.latency(all.mean());
        String usual = PageText.latency(usual(hour));
        PageMoment begin = PageMoment.of(hour.hour());
        return new Hour(begin, x(hour, first), begin.text() + ": mean " + mean + ", 95 % within " + usual + ", longest "
                + PageText.latency(all.max()), PageText.latency(all.min()), mean, usual, PageText.latency(all.max()),
                PageText.number(all.count()));
    }

    private static String words(List<LatencyHour> hours) {
        long count = hours.stream().mapToLong(hour -> hour.histogram().count()).sum();
        double mean = hours.stream().mapToDouble(hour -> millis(hour.histogram().mean()) * hour.histogram().count()).sum()
                / count;
        Duration longest = hours.stream().map(hour -> hour.histogram().max()).max(Comparator.naturalOrder()).orElseThrow();
        return "Latency by hour over 48 hours: mean " + text(mean) + ", longest " + PageText.latency(longest) + ", "
                + PageText.count(count, "answer");
    }

    private static Duration usual(LatencyHour hour) {
        return hour.histogram().percentile(USUAL);
    }

    private static double millis(Duration latency) {
        return latency.toNanos() / 1e6;
    }

    private static String text(double millis) {
        return PageText.latency(Duration.ofNanos(Math.round(millis * 1e6)));
    }
}
