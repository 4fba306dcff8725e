package dev.heartbeat.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.heartbeat.model.Kind;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.store.Outbox.Entry;

/**
 * What of all that is known goes onto the page? Never more than a reader can take in, nor than the page may weigh; what is left
 * out is counted, with a link to it. Used once.
 */
final class PageSurvey {
    /** Beyond this it is a catastrophe, and who looks wants to know how large it is. */
    static final int MOST_WRONG = 200;
    /** Lines of what is not wrong. */
    static final int MOST_ROWS = 1_000;
    /** When there are more: then each has a link to all of its group, and the page must not weigh more for it. */
    static final int SHARED_ROWS = 600;
    static final int MOST_SOURCES = 200;
    /** Of a search, per page. */
    static final int MOST_FOUND = 500;
    /** Up to so many lines nothing is folded. */
    private static final int UNFOLDED = 200;

    private final Collection<SourceState> states;
    private final PageQuery query;
    private final PageHistory.Book book;
    private final Instant now;
    private final Map<String, Function<Target, PageHistory>> histories = new HashMap<>();

    PageSurvey(Collection<SourceState> states, PageQuery query, PageHistory.Book book, Instant now) {
        this.states = states.stream().sorted(Comparator.comparing(SourceState::source)).toList();
        this.query = query;
        this.book = book;
        this.now = now;
    }

    PageView view(List<Entry> latest) {
        List<PageNews> news = latest.stream().map(entry -> PageNews.of(entry.id(), entry.transition())).toList();
        return query.isAll() ? overview(news) : results(news);
    }

    private PageView overview(List<PageNews> news) {
        List<PageEntry> urgent = new ArrayList<>();
        Map<String, Map<Kind, List<PageEntry>>> rest = new TreeMap<>();
        entries().forEach(entry -> {
            if (!entry.isUp() && !entry.isSilentWithItsSource() || entry.isUnsteady()) {
                urgent.add(entry);
            } else {
                rest.computeIfAbsent(entry.state().source(), source -> new TreeMap<>())
                        .computeIfAbsent(entry.target().kind(), kind -> new ArrayList<>()).add(entry);
            }
        });
        urgent.sort(PageEntry.BY_URGENCY);
        int hidden = urgent.size() - MOST_WRONG;
        PageView.More more = hidden <= 0 ? null
                : new PageView.More(PageQuery.of(PageQuery.Which.WRONG).href(), PageText.number(hidden) + " more");
        return new PageView(PageVerdict.of(states), query, true, total(), notices(), rows(urgent, MOST_WRONG), more,
                sources(rest), Math.max(0, rest.size() - MOST_SOURCES), names(), null, null, news, asOf());
    }

    private PageView results(List<PageNews> news) {
        List<PageEntry> found = new ArrayList<>(entries().filter(query::matches).toList());
        found.sort(PageEntry.BY_URGENCY);
        int pages = Math.max(1, (found.size() + MOST_FOUND - 1) / MOST_FOUND);
        int page = Math.min(query.page(), pages);
        List<PageEntry> here = found.subList((page - 1) * MOST_FOUND, Math.min(found.size(), page * MOST_FOUND));
        return new PageView(PageVerdict.of(states), query, false, found.size(), notices(), rows(here, MOST_FOUND), null,
                List.of(), 0, names(), page == 1 ? null : query.at(page - 1).href(),
                page == pages ? null : query.at(page + 1).href(), news, asOf());
    }

    /** Each group is given the same number of lines when not all have room. */
    private List<PageView.Source> sources(Map<String, Map<Kind, List<PageEntry>>> rest) {
        long groups = rest.values().stream().limit(MOST_SOURCES).mapToLong(Map::size).sum();
        long lines = rest.values().stream().flatMap(kinds -> kinds.values().stream()).mapToLong(List::size).sum();
        int share = lines <= MOST_ROWS ? MOST_ROWS : (int) (SHARED_ROWS / Math.max(1, groups));
        return rest.entrySet().stream().limit(MOST_SOURCES)
                .map(source -> new PageView.Source(PageText.name(source.getKey()), PageQuery.of(source.getKey(), null).href(),
                        PageText.count(state(source.getKey()).targets().size(), "target"),
                        source.getValue().entrySet().stream()
                                .map(kind -> kinds(source.getKey(), kind.getKey(), kind.getValue(), share, lines <= UNFOLDED))
                                .toList()))
                .toList();
    }

    private PageView.Kinds kinds(String source, Kind kind, List<PageEntry> entries, int most, boolean open) {
        entries.sort(PageEntry.BY_NAME);
        int hidden = entries.size() - most;
        PageView.More more = hidden <= 0 ? null
                : new PageView.More(PageQuery.of(source, kind).href(), "all " + PageText.number(entries.size()));
        long up = entries.stream().filter(PageEntry::isUp).count();
        String words = up == entries.size() ? PageText.number(up) + " up"
                : PageText.number(up) + " up, " + PageText.number(entries.size() - up) + " stale";
        return new PageView.Kinds("of/" + PageAddress.encode(source) + "/" + kind.word(), title(kind), words, open,
                rows(entries, most), more);
    }

    private static String title(Kind kind) {
        return switch (kind) {
            case HOST -> "Hosts";
            case WEBSITE -> "Websites";
            case QUEUE -> "Queues";
            case CONSUMER -> "Consumers";
            case HEALTH -> "Health checks";
        };
    }

    private List<PageRow> rows(List<PageEntry> entries, int most) {
        return entries.stream().limit(most)
                .map(entry -> PageRow.of(entry, histories.computeIfAbsent(entry.state().source(),
                        source -> book.apply(entry.state()))))
                .toList();
    }

    private Stream<PageEntry> entries() {
        return states.stream().flatMap(state -> state.targets().entrySet().stream()
                .map(known -> new PageEntry(state, known.getKey(), known.getValue())));
    }

    private List<PageNotice> notices() {
        return states.stream().flatMap(state -> PageNotice.of(state, now).stream()).limit(MOST_WRONG).toList();
    }

    private List<PageView.Name> names() {
        Stream<SourceState> offered = Stream.concat(states.stream().limit(MOST_SOURCES),
                states.stream().skip(MOST_SOURCES).filter(state -> state.source().equals(query.source())));
        return offered.map(state -> new PageView.Name(state.source(), PageText.name(state.source()),
                state.source().equals(query.source()))).toList();
    }

    private int total() {
        return states.stream().mapToInt(state -> state.targets().size()).sum();
    }

    private SourceState state(String source) {
        return states.stream().filter(state -> state.source().equals(source)).findFirst().orElseThrow();
    }

    /** To the minute, so that a page on which nothing has changed is the same page. */
    private PageMoment asOf() {
        return PageMoment.of(now.truncatedTo(ChronoUnit.MINUTES));
    }
}
