package dev.heartbeat.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import dev.heartbeat.model.Group;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.SourceState;

/**
 * What is wrong, or odd, with a source as a whole?
 *
 * @param sign how bad it is
 * @param title what it is
 * @param since null when it lasts as long as anybody knows
 * @param words what follows from it, or what to do
 * @param href where its targets are
 */
public record PageNotice(PageSign sign, String title, PageMoment since, String words, String href) {
    /** Two programs are told of for so long after they were last heard to interleave. */
    private static final Duration RECENT = Duration.ofHours(1);

    static List<PageNotice> of(SourceState state, Instant now) {
        String name = PageText.name(state.source());
        String href = PageQuery.of(state.source(), null).href();
        List<PageNotice> notices = new ArrayList<>();
        silentSince(state).ifPresent(since -> notices.add(new PageNotice(PageSign.STALE, "Source " + name + " is silent",
                PageMoment.of(since), silence(state), PageQuery.of(state.source(), null).and(PageQuery.Which.STALE).href())));
        Instant rival = state.speaker().rival();
        if (rival != null && rival.isAfter(now.minus(RECENT))) {
            notices.add(new PageNotice(PageSign.UNSTEADY, "Two programs speak as source " + name, null,
                    "Their words interleave: stop one, or give it a name of its own (HEARTBEAT_SOURCE).", href));
        }
        if (state.speaker().clockAhead()) {
            notices.add(new PageNotice(PageSign.UNSTEADY, "The clock of source " + name + " is "
                    + PageText.lasting(state.speaker().offset().negated()) + " ahead of ours", null,
                    "Its instants are corrected until it is set right.", href));
        }
        return notices;
    }

    private static java.util.Optional<Instant> silentSince(SourceState state) {
        return state.groups().values().stream().map(Group::silent).filter(Objects::nonNull).min(Comparator.naturalOrder());
    }

    private static String silence(SourceState state) {
        long stale = state.targets().values().stream().filter(known -> known.health() == Health.STALE).count();
        return PageText.number(stale) + " of its " + PageText.count(state.targets().size(), "target")
                + (stale == 1 ? " is" : " are") + " stale. Look at its publisher, then at the broker between.";
    }
}
