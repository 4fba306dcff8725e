package dev.heartbeat.store;

import static java.time.temporal.ChronoUnit.MICROS;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Observation;
import io.smallrye.mutiny.Uni;

/**
 * How does the table of the Python Healthcheck take rows? A request that failed has status code 0, and 0 microseconds where
 * nobody measured. Times are in UTC.
 */
final class TableHealthcheck implements TableLayout {
    private static final Evidence NOTHING = new Evidence(null, null, null);
    private static final List<String> RIGHTS = List.of("SELECT", "INSERT", "UPDATE");
    private static final List<String> KEY = List.of("url_digest", "measurement_time");
    private static final TableColumns COLUMNS = new TableColumns(List.of(
            TableColumn.text("url_digest", "char(64)", row -> TableName.digest(uri(row))),
            TableColumn.local("measurement_time", "timestamp", row -> row.observation().at()),
            TableColumn.whole("response_time_microseconds", "bigint not null", row -> micros(row.observation().latency())),
            TableColumn.text("uri", "text not null", TableHealthcheck::uri),
            TableColumn.number("status_code", "int not null", TableHealthcheck::status),
            TableColumn.bool("regex_present", "bool not null", row -> hasPattern(row.observation())),
            TableColumn.bool("regex_match", "bool", row -> evidence(row).match())));

    private final PgLink link;
    private final TableName table;
    private final String upsert;

    TableHealthcheck(PgLink link, TableName table) {
        this.link = link;
        this.table = table;
        this.upsert = COLUMNS.upsert(table, KEY, List.of());
    }

    @Override
    public Uni<Void> start() {
        return new TableRights(link).provide(List.of(table), definition(), RIGHTS).chain(this::rehearse);
    }

    @Override
    public Uni<List<TableName>> look() {
        return new TableRights(link).look(List.of(table), definition(), RIGHTS)
                .call(absent -> absent.isEmpty() ? rehearse() : Uni.createFrom().voidItem());
    }

    private String definition() {
        return "create table if not exists " + table.quoted() + " (" + COLUMNS.definition() + ", primary key ("
                + String.join(", ", KEY) + "))";
    }

    private Uni<Void> rehearse() {
        return new TableRights(link).rehearse(table, "healthcheck", link.ask(upsert, COLUMNS.values(List.of())));
    }

    @Override
    public Object key(HistoryRow row) {
        return List.of(uri(row), row.observation().at().truncatedTo(MICROS));
    }

    @Override
    public Uni<Void> write(List<HistoryUnit> units) {
        return link.ask(upsert, COLUMNS.values(units.stream().map(HistoryUnit::last).toList())).replaceWithVoid();
    }

    /** What others may still want to read is not ours to delete. */
    @Override
    public Uni<Void> upkeep(Instant now) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Boolean> holds(HistoryRow canary) {
        return link.ask("select 1 from " + table.quoted() + " where url_digest = $1 and measurement_time = $2",
                TableName.digest(uri(canary)), TableColumn.utc(canary.observation().at()).toLocalDateTime())
                .map(rows -> rows.size() > 0);
    }

    @Override
    public Uni<Void> forget(HistoryRow canary, Duration age) {
        return link.ask("delete from " + table.quoted() + " where url_digest = $1"
                + " and (measurement_time = $2 or measurement_time < $3)",
                TableName.digest(uri(canary)), TableColumn.utc(canary.observation().at()).toLocalDateTime(),
                TableColumn.utc(canary.observation().at().minus(age)).toLocalDateTime())
                .replaceWithVoid();
    }

    private static String uri(HistoryRow row) {
        return TableColumn.storable(row.observation().address());
    }

    private static int status(HistoryRow row) {
        return Objects.requireNonNullElse(evidence(row).status(), 0);
    }

    private static boolean hasPattern(Observation observation) {
        return observation.asked() != null && observation.asked().pattern() != null
                || observation.evidence() != null && observation.evidence().match() != null;
    }

    private static Evidence evidence(HistoryRow row) {
        return Objects.requireNonNullElse(row.observation().evidence(), NOTHING);
    }

    private static long micros(Duration latency) {
        return latency == null ? 0 : latency.toNanos() / 1_000;
    }
}
