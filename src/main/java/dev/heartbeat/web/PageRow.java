package dev.heartbeat.web;

import java.util.function.Function;

import dev.heartbeat.model.Target;
import dev.heartbeat.model.Uptime.Window;

/**
 * What does a line of one target say?
 *
 * @param where kind and source
 * @param was the health before silence, in words; null when there is none to tell
 * @param why null when up
 * @param steadiness null when its health stands firmly
 * @param percent over 90 days
 */
public record PageRow(String href, String name, String where, PageSign sign, String was, PageMoment since, String why,
        String steadiness, String percent, Bar bar) {
    static PageRow of(PageEntry entry, Function<Target, PageHistory> histories) {
        PageHistory history = histories.apply(entry.target());
        Double share = history.over(Window.QUARTER);
        return new PageRow(new PageAddress(entry.state().source(), entry.target()).page(),
                PageText.name(entry.target().name()),
                entry.target().kind().word() + " of " + PageText.name(entry.state().source()), entry.sign(), was(entry),
                PageMoment.of(entry.known().since()), PageText.why(entry.known().reason(), entry.known().detail()),
                entry.steadiness(), PageText.percent(share), Bar.of(history.days(), share));
    }

    private static String was(PageEntry entry) {
        return switch (entry.known().health()) {
            case UP, DOWN -> null;
            case STALE, UNKNOWN -> entry.known().former() == null ? null
                    : "was " + PageSign.of(entry.known().former()).css();
        };
    }
}
