package dev.heartbeat.store;

import java.lang.reflect.Array;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

import dev.heartbeat.model.HistoryRow;

/**
 * What does a column hold of an observation, and how does it travel?
 *
 * @param type as the table has it, with its constraints
 * @param sent the type of what is sent
 * @param expression makes what the column holds of {@code v.<name>}, which was sent
 */
record TableColumn<T>(String name, String type, String sent, Class<T> java, String expression,
        Function<HistoryRow, T> value) {
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    static TableColumn<String> text(String name, String type, Function<HistoryRow, String> value) {
        return plain(name, type, "text", String.class, row -> storable(value.apply(row)));
    }

    static TableColumn<Boolean> bool(String name, String type, Function<HistoryRow, Boolean> value) {
        return plain(name, type, "boolean", Boolean.class, value);
    }

    static TableColumn<Integer> number(String name, String type, Function<HistoryRow, Integer> value) {
        return plain(name, type, "integer", Integer.class, value);
    }

    static TableColumn<Long> whole(String name, String type, Function<HistoryRow, Long> value) {
        return plain(name, type, "bigint", Long.class, value);
    }

    /** Sent in millionths, kept with a point {@code places} from the right. */
    static TableColumn<Long> decimal(String name, String type, int places, Function<HistoryRow, Long> value) {
        String expression = "round(v." + name + "::numeric / 1" + "0".repeat(places) + ", " + places + ")";
        return new TableColumn<>(name, type, "bigint", Long.class, expression, value);
    }

    static TableColumn<OffsetDateTime> instant(String name, String type, Function<HistoryRow, Instant> value) {
        return plain(name, type, "timestamptz", OffsetDateTime.class, row -> utc(value.apply(row)));
    }

    /** Without a zone: it is UTC. */
    static TableColumn<LocalDateTime> local(String name, String type, Function<HistoryRow, Instant> value) {
        return plain(name, type, "timestamp", LocalDateTime.class, row -> utc(value.apply(row)).toLocalDateTime());
    }

    private static <T> TableColumn<T> plain(String name, String type, String sent, Class<T> java,
            Function<HistoryRow, T> value) {
        return new TableColumn<>(name, type, sent, java, "v." + name, value);
    }

    TableColumn<T> as(String other) {
        return new TableColumn<>(name, type, sent, java, other, value);
    }

    /** An array of the column's values. */
    @SuppressWarnings("unchecked")
    T[] values(List<HistoryRow> rows) {
        T[] values = (T[]) Array.newInstance(java, rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        return values;
    }

    /** Whether a table can hold it, and a partition be made for it. */
    static boolean isStorable(Instant instant) {
        return !instant.isBefore(FIRST) && !instant.isAfter(LAST);
    }

    /** To the microsecond, as PostgreSQL keeps it; null for what it can not keep. */
    static OffsetDateTime utc(Instant instant) {
        return instant == null || !isStorable(instant) ? null
                : instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /** Halves may be pairs, which is looked at more closely then. */
    private static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** The text without what no text column takes: the character zero, and halves of characters. */
    static String storable(String text) {
        if (text == null || isStorable(text)) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        text.codePoints().filter(code -> code != 0)
                .forEach(code -> kept.appendCodePoint(code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE
                        ? '\uFFFD'
                        : code));
        return kept.toString();
    }
}
