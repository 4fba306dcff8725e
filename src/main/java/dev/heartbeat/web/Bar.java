package dev.heartbeat.web;

import java.util.List;

import dev.heartbeat.model.Uptime.Day;
import io.quarkus.qute.TemplateData;

/**
 * How were the last days, in a picture and in words? One path per colour, each run of equal days one line; days of which
 * nothing is known are in none of them.
 *
 * @param days so many units is it wide, and 10 high
 * @param allUp whether every day was observed and none had a failure: then no path is needed
 * @param up days without a failure; null when there is none, as for the others
 * @param some days with failures, up for most of what was observed
 * @param down days that were down for most of what was observed
 * @param words what the picture says
 */
@TemplateData
public record Bar(int days, boolean allUp, String up, String some, String down, String words) {
    /**
     * Failures reach higher than the rest, so that they show without colour; the style sheet has the widths to these middles.
     */
    private enum Look {
        GAP(""),
        UP("6.5"),
        SOME("5.5"),
        DOWN("5");

        private final String middle;

        Look(String middle) {
            this.middle = middle;
        }

        static Look of(Day day) {
            if (day.observed() == 0) {
                return GAP;
            }
            return day.down() == 0 ? UP : day.down() * 2 > day.observed() ? DOWN : SOME;
        }
    }

    /** Of these days, oldest first, of which that share was up; null when nothing was observed. */
    static Bar of(List<Day> days, Double share) {
        List<Look> looks = days.stream().map(Look::of).toList();
        boolean allUp = !looks.isEmpty() && looks.stream().allMatch(look -> look == Look.UP);
        return new Bar(looks.size(), allUp, allUp ? null : path(looks, Look.UP), path(looks, Look.SOME),
                path(looks, Look.DOWN), words(looks, share));
    }

    /** A line for each run of that look, with a jump over what is between; a row of thousands must not cost more. */
    private static String path(List<Look> looks, Look look) {
        StringBuilder path = new StringBuilder();
        int drawn = 0;
        for (int from = 0, to; from < looks.size(); from = to + 1) {
            for (to = from; to < looks.size() && looks.get(to) == look; to++) {
            }
            if (to > from) {
                path.append(path.isEmpty() ? "M" + from + " " + look.middle : "m" + (from - drawn) + " 0").append('h')
                        .append(to - from);
                drawn = to;
            }
        }
        return path.isEmpty() ? null : path.toString();
    }

    private static String words(List<Look> looks, Double share) {
        long gaps = looks.stream().filter(look -> look == Look.GAP).count();
        long failing = looks.stream().filter(look -> look == Look.SOME || look == Look.DOWN).count();
        if (share == null || gaps == looks.size()) {
            return "nothing observed in " + PageText.count(looks.size(), "day");
        }
        return PageText.percent(share) + " over " + PageText.count(looks.size(), "day")
                + (failing == 0 ? "" : ", " + PageText.count(failing, "day") + " with failures")
                + (gaps == 0 ? "" : ", " + PageText.count(gaps, "day") + " not observed");
    }
}
