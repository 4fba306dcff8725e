package dev.heartbeat.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.heartbeat.model.Health;
import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;

/**
 * Which columns has a table without a key?
 *
 * @param theirs those that it must have
 * @param ours those that it gets when we create it
 * @param time the column that tells when a row of the canary was written, in seconds
 */
record TableShape(String name, List<TableColumn<?>> theirs, List<TableColumn<?>> ours, String time) {
    /** The Service health checker's. Its error is null where an answer came and only the body did not match. */
    static final TableShape METRICS = new TableShape("metrics", List.of(
            TableColumn.decimal("timestamp", "numeric", 6, row -> micros(sinceEpoch(row))),
            TableColumn.text("target_url", "text", row -> row.observation().address()),
            TableColumn.number("http_status", "integer", TableShape::status),
            TableColumn.decimal("latency_ms", "numeric", 3, row -> micros(row.observation().latency())),
            TableColumn.text("error_text", "text", TableShape::error),
            TableColumn.text("pattern", "text", TableShape::pattern),
            TableColumn.bool("is_pattern_found", "boolean", TableShape::match)), List.of(), "timestamp");

    /**
     * The Host Checker's, whose latency is in seconds; it has no time, so the canary's latency is its instant, as long as it is
     * there.
     */
    static final TableShape HOST_METRICS = new TableShape("host-metrics", List.of(
            TableColumn.number("status_code", "smallint", TableShape::status),
            TableColumn.decimal("latency", "numeric", 6,
                    row -> micros(Canary.isIts(row) ? sinceEpoch(row) : row.observation().latency())),
            TableColumn.text("address", "text", row -> row.observation().address()),
            TableColumn.bool("is_valid", "boolean", TableShape::isValid)),
            List.of(
                    TableColumn.text("source", "text", HistoryRow::source),
                    TableColumn.text("name", "text", row -> row.observation().target().name()),
                    TableColumn.text("reason", "text", TableShape::reason),
                    TableColumn.text("detail", "text", row -> row.observation().outcome().detail()),
                    TableColumn.instant("observed_at", "timestamptz", row -> row.observation().at())),
            "latency");

    /** All columns, as we create it. */
    TableColumns whole() {
        List<TableColumn<?>> all = new ArrayList<>(theirs);
        all.addAll(ours);
        return new TableColumns(all);
    }

    /**
     * Its columns in a table that has these; the value tells whether a column must not be null, where 0 or false stands then.
     */
    TableColumns in(Map<String, Boolean> present) {
        List<TableColumn<?>> all = new ArrayList<>();
        theirs.forEach(column -> all.add(present.getOrDefault(column.name(), false) ? filled(column) : column));
        ours.stream().filter(column -> present.containsKey(column.name())).forEach(all::add);
        return new TableColumns(all);
    }

    private static TableColumn<?> filled(TableColumn<?> column) {
        String nothing = column.java() == Boolean.class ? "false" : column.java() == String.class ? "''" : "0";
        return column.as("coalesce(" + column.expression() + ", " + nothing + ")");
    }

    String address() {
        return theirs.stream().map(TableColumn::name).filter(name -> name.equals("address") || name.equals("target_url"))
                .findFirst().orElseThrow();
    }

    private static Duration sinceEpoch(HistoryRow row) {
        return Duration.ofSeconds(row.observation().at().getEpochSecond(), row.observation().at().getNano());
    }

    private static Long micros(Duration duration) {
        return duration == null ? null : (Long) (duration.getSeconds() * 1_000_000 + duration.getNano() / 1_000);
    }

    private static Integer status(HistoryRow row) {
        return row.observation().evidence() == null ? null : row.observation().evidence().status();
    }

    private static Boolean match(HistoryRow row) {
        return row.observation().evidence() == null ? null : row.observation().evidence().match();
    }

    private static String pattern(HistoryRow row) {
        return row.observation().asked() == null ? null : row.observation().asked().pattern();
    }

    private static String reason(HistoryRow row) {
        Reason reason = row.observation().outcome().reason();
        return reason == null ? null : reason.name();
    }

    private static String error(HistoryRow row) {
        Outcome outcome = row.observation().outcome();
        if (outcome.reason() == null || outcome.reason() == Reason.MISMATCH) {
            return null;
        }
        return outcome.detail() == null ? outcome.reason().name() : outcome.detail();
    }

    /** Null where nobody could tell. */
    private static Boolean isValid(HistoryRow row) {
        Health health = row.observation().outcome().health();
        return health == Health.UNKNOWN ? null : (Boolean) (health == Health.UP);
    }
}
