package dev.heartbeat.web;

import java.util.List;

/**
 * What stands on the page, from top to bottom?
 *
 * @param whole whether everything is shown, and not only what a search found
 * @param found how many targets the search found; all of them when there was none
 * @param first what is wrong and what is unsteady; of a search all that it found
 * @param more where the rest of {@code first} is; null when there is none
 * @param sources the rest by source and kind; empty after a search
 * @param hiddenSources so many more sources are not shown
 * @param names of all sources, to choose from
 * @param previous the page before, of a search; null when there is none
 * @param next the page after, likewise
 */
public record PageView(PageVerdict verdict, PageQuery query, boolean whole, int found, List<PageNotice> notices,
        List<PageRow> first, More more, List<Source> sources, int hiddenSources, List<Name> names, String previous, String next,
        List<PageNews> news, PageMoment asOf) {
    /** What is not shown, and where is it? */
    public record More(String href, String words) {
    }

    /** What may the reader choose? */
    public record Name(String value, String words, boolean chosen) {
    }

    /** One source, and what of its targets stands not above. */
    public record Source(String name, String href, String words, List<Kinds> kinds) {
    }

    /** The targets of one kind of one source. */
    public record Kinds(String id, String title, String words, boolean open, List<PageRow> rows, More more) {
    }
}
