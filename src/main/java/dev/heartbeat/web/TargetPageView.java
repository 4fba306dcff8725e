package dev.heartbeat.web;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import dev.heartbeat.model.LatencyHour;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;
import dev.heartbeat.model.Uptime.Day;
import dev.heartbeat.model.Uptime.Window;
import dev.heartbeat.store.Outbox.Entry;

/**
 * What stands on the page of one target, from top to bottom?
 *
 * @param lastUp null when it was never seen up
 * @param lastDown null when it was never seen down
 * @param figures the uptime over each window
 * @param bars of 90, 30 and 7 days
 * @param latency null when nothing was measured
 * @param unread whether history could not be read just now
 * @param api where a program finds the same
 */
public record TargetPageView(PageRow row, String kind, String source, String sourceHref, List<PageNotice> notices,
        PageMoment lastUp, PageMoment lastDown, List<Figure> figures, List<Figure> bars, PageLatency latency,
        List<PageNews> news, boolean unread, List<BadgeLink> badges, String api, PageMoment asOf) {
    /** A picture of the days of a window, null where there is none, and its figure. */
    public record Figure(String words, String percent, Bar bar) {
    }

    /** Where is a badge, and how is it put into a text in Markdown? */
    public record BadgeLink(String what, String href) {
    }

    /** What was read of its past; {@code unread} when the store did not answer. */
    record Past(List<Entry> transitions, List<LatencyHour> hours, boolean unread) {
        static final Past UNREAD = new Past(List.of(), List.of(), true);
    }

    static TargetPageView of(SourceState state, Target target, PageHistory history, Past past, Instant now) {
        TargetState known = state.targets().get(target);
        PageAddress address = new PageAddress(state.source(), target);
        return new TargetPageView(PageRow.of(new PageEntry(state, target, known), any -> history), target.kind().word(),
                PageText.name(state.source()), PageQuery.of(state.source(), null).href(), PageNotice.of(state, now),
                PageMoment.of(state.lastUp(known)), PageMoment.of(state.lastDown(known)),
                Arrays.stream(Window.values()).map(window -> figure(history, window)).toList(), bars(history),
                PageLatency.of(past.hours(), now),
                past.transitions().stream().map(entry -> PageNews.of(entry.id(), entry.transition())).toList(), past.unread(),
                Arrays.stream(Badge.What.values()).map(what -> new BadgeLink(what.word(), address.badge(what.word()))).toList(),
                address.api(), PageMoment.of(now.truncatedTo(java.time.temporal.ChronoUnit.MINUTES)));
    }

    private static Figure figure(PageHistory history, Window window) {
        return new Figure(words(window), PageText.percent(history.over(window)), null);
    }

    private static List<Figure> bars(PageHistory history) {
        List<Day> days = history.days();
        return List.of(Window.QUARTER, Window.MONTH, Window.WEEK).stream().map(window -> {
            List<Day> newest = days.subList(Math.max(0, days.size() - window.days()), days.size());
            Double share = history.over(window);
            return new Figure(words(window), PageText.percent(share), Bar.of(newest, share));
        }).toList();
    }

    private static String words(Window window) {
        return window == Window.DAY ? "24 hours" : PageText.count(window.days(), "day");
    }
}
