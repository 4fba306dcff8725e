package dev.heartbeat.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;

/**
 * Of which targets does the reader want to know? It stands in the address, so that it can be kept and sent.
 *
 * @param text part of a name or of a detail, in any case; empty for all
 * @param source empty for all
 * @param kind null for all
 * @param which null for all
 * @param page from 1 on
 */
public record PageQuery(String text, String source, Kind kind, Which which, int page) {
    static final PageQuery ALL = new PageQuery("", "", null, null, 1);

    /** Of which health? */
    public enum Which {
        WRONG("not up"),
        UNSTEADY("unsteady"),
        DOWN("down"),
        STALE("stale"),
        UNKNOWN("unknown"),
        UP("up");

        private final String words;

        Which(String words) {
            this.words = words;
        }

        /** As it stands in the address. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** As the reader sees it. */
        public String words() {
            return words;
        }

        private boolean matches(PageEntry entry) {
            return switch (this) {
                case WRONG -> !entry.isUp();
                case UNSTEADY -> entry.isUnsteady();
                case DOWN -> entry.known().health() == Health.DOWN;
                case STALE -> entry.known().health() == Health.STALE;
                case UNKNOWN -> entry.known().health() == Health.UNKNOWN;
                case UP -> entry.isUp();
            };
        }

        private static Which of(String word) {
            return Arrays.stream(values()).filter(which -> which.word().equalsIgnoreCase(word)).findFirst().orElse(null);
        }
    }

    public PageQuery {
        Objects.requireNonNull(text);
        Objects.requireNonNull(source);
    }

    /** From the words of an address, each null where it is missing; a word that means nothing asks for all. */
    static PageQuery of(String text, String source, String kind, String health, String page) {
        return new PageQuery(text == null ? "" : text.strip(), source == null ? "" : source,
                kind == null ? null : Kind.of(kind), health == null ? null : Which.of(health),
                page != null && page.matches("[1-9]\\d{0,5}") ? Integer.parseInt(page) : 1);
    }

    static PageQuery of(String source, Kind kind) {
        return new PageQuery("", source, kind, null, 1);
    }

    static PageQuery of(Which which) {
        return new PageQuery("", "", null, which, 1);
    }

    PageQuery and(Which other) {
        return new PageQuery(text, source, kind, other, 1);
    }

    PageQuery at(int other) {
        return new PageQuery(text, source, kind, which, other);
    }

    boolean isAll() {
        return at(1).equals(ALL);
    }

    boolean matches(PageEntry entry) {
        return (source.isEmpty() || source.equals(entry.state().source()))
                && (kind == null || kind == entry.target().kind())
                && (which == null || which.matches(entry))
                && (text.isEmpty() || holds(entry.target().name()) || holds(entry.known().detail()));
    }

    private boolean holds(String words) {
        return words != null && words.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    /** The address that asks this, percent-encoded. */
    public String href() {
        StringBuilder href = new StringBuilder("/");
        add(href, "q", text);
        add(href, "source", source);
        add(href, "kind", kind == null ? "" : kind.word());
        add(href, "health", which == null ? "" : which.word());
        add(href, "page", page == 1 ? "" : String.valueOf(page));
        return href.toString();
    }

    private static void add(StringBuilder href, String name, String value) {
        if (!value.isEmpty()) {
            href.append(href.length() == 1 ? '?' : '&').append(name).append('=').append(PageAddress.encode(value));
        }
    }

    /** All that can be asked for. */
    public List<Which> whiches() {
        return List.of(Which.values());
    }

    /** All that can be asked for. */
    public List<Kind> kinds() {
        return List.of(Kind.values());
    }
}
