package dev.heartbeat.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/** How does our own table take rows? Each batch also notes which hours it touched, so that their sums are made again. */
final class TableHeartbeat implements TableLayout {
    private static final List<String> RIGHTS = List.of("SELECT", "INSERT", "UPDATE");
    private static final List<String> DELETING = List.of("DELETE");
    static final List<String> KEY = List.of("source", "kind", "name", "observed_at");
    /** Compared byte by byte: an index in the order of a language costs three times as much. */
    private static final String WORD = "text collate \"C\" not null";
    private static final Evidence NOTHING = new Evidence(null, null, null);
    private static final TableColumns COLUMNS = new TableColumns(List.of(
            TableColumn.text("source", WORD, HistoryRow::source),
            TableColumn.text("kind", WORD, row -> row.observation().target().kind().word()),
            TableColumn.text("name", WORD, row -> row.observation().target().name()),
            TableColumn.text("address", "text", row -> row.observation().address()),
            TableColumn.text("host", "text", row -> HistoryHost.of(row.observation().address()).name()),
            TableColumn.text("root_domain", "text", row -> HistoryHost.of(row.observation().address()).rootDomain()),
            TableColumn.text("health", "text not null", row -> outcome(row).health().name().toLowerCase(Locale.ROOT)),
            TableColumn.text("reason", "text", row -> outcome(row).reason() == null ? null : outcome(row).reason().name()),
            TableColumn.text("detail", "text", row -> outcome(row).detail()),
            TableColumn.number("status_code", "int", evidence(Evidence::status)),
            TableColumn.whole("latency_us", "bigint", TableHeartbeat::micros),
            TableColumn.text("pattern", "text", TableHeartbeat::pattern),
            TableColumn.bool("pattern_found", "bool", evidence(Evidence::match)),
            TableColumn.instant("certificate_expiry", "timestamptz", evidence(Evidence::certificateExpiry)),
            TableColumn.instant("observed_at", "timestamptz not null", row -> row.observation().at()),
            TableColumn.instant("received_at", "timestamptz not null", HistoryRow::received)));

    private final PgLink link;
    private final TableName table;
    private final TablePartitions partitions;
    private final TableHours hours;
    private final TableCounts counts;
    private final String upsert;
    /** Each process notes hours in rows of its own, so that nobody waits for another's. */
    private final String writer = UUID.randomUUID().toString();
    private final AtomicLong batch = new AtomicLong();

    TableHeartbeat(PgLink link, TableName table, TablePartitions partitions, TableHours hours) {
        this.link = link;
        this.table = table;
        this.partitions = partitions;
        this.hours = hours;
        this.counts = new TableCounts(link, table, hours.sums(), hours.touched());
        int first = COLUMNS.all().size() + 1;
        this.upsert = hours.noting(first) + COLUMNS.upsert(table, KEY, List.of("received_at"));
    }

    @Override
    public Uni<Void> start() {
        TableRights rights = new TableRights(link);
        return rights.provide(hours.and(table), definition(), RIGHTS)
                .chain(() -> rights.demand(hours.touched(), DELETING))
                .chain(partitions::start)
                .chain(this::rehearse);
    }

    @Override
    public Uni<List<TableName>> look() {
        TableRights rights = new TableRights(link);
        return rights.look(hours.and(table), definition(), RIGHTS)
                .call(absent -> absent.contains(hours.touched()) ? Uni.createFrom().voidItem()
                        : rights.demand(hours.touched(), DELETING))
                .call(absent -> absent.contains(table) ? partitions.look() : Uni.createFrom().voidItem())
                .call(absent -> absent.isEmpty() ? rehearse() : Uni.createFrom().voidItem());
    }

    private String definition() {
        return "create table if not exists " + table.quoted() + " (" + COLUMNS.definition() + ", primary key ("
                + String.join(", ", KEY) + "))" + partitions.clause() + "; " + hours.definition();
    }

    private Uni<Void> rehearse() {
        return new TableRights(link).rehearse(table, "heartbeat", link.ask(upsert, values(List.of())));
    }

    @Override
    public boolean keeps(HistoryRow row) {
        return true;
    }

    @Override
    public Object key(HistoryRow row) {
        return List.of(TableColumn.storable(row.source()), row.observation().target().kind(),
                TableColumn.storable(row.observation().target().name()),
                row.observation().at().truncatedTo(ChronoUnit.MICROS));
    }

    @Override
    public Uni<Void> write(List<HistoryUnit> units) {
        List<HistoryRow> rows = units.stream().map(HistoryUnit::last).toList();
        return partitions.write(rows, () -> link.ask(upsert, values(rows)).replaceWithVoid());
    }

    private Tuple values(List<HistoryRow> rows) {
        return hours.addTo(COLUMNS.values(rows), rows, writer, batch.incrementAndGet());
    }

    /** Sums first: what is dropped then is counted for ever. */
    @Override
    public Uni<Void> upkeep(Instant now) {
        return hours.sum(now).chain(() -> partitions.upkeep(now));
    }

    @Override
    public Uni<HistoryCount> count(String source, Target target, Instant from, Instant to) {
        return counts.count(source, target, from, to);
    }

    @Override
    public Uni<Boolean> holds(HistoryRow canary) {
        return link
                .ask("select 1 from " + table.quoted() + " where source = $1 and kind = $2 and name = $3 and observed_at = $4",
                        canary.source(), canary.observation().target().kind().word(), canary.observation().target().name(),
                        TableColumn.utc(canary.observation().at()))
                .map(rows -> rows.size() > 0);
    }

    @Override
    public Uni<Void> forget(HistoryRow canary, Duration age) {
        return link.ask("delete from " + table.quoted() + " where source = $1 and kind = $2 and name = $3"
                + " and (observed_at = $4 or observed_at < $5)",
                canary.source(), canary.observation().target().kind().word(), canary.observation().target().name(),
                TableColumn.utc(canary.observation().at()), TableColumn.utc(canary.observation().at().minus(age)))
                .replaceWithVoid();
    }

    private static Outcome outcome(HistoryRow row) {
        return row.observation().outcome();
    }

    private static <T> Function<HistoryRow, T> evidence(Function<Evidence, T> part) {
        return row -> part.apply(row.observation().evidence() == null ? NOTHING : row.observation().evidence());
    }

    private static Long micros(HistoryRow row) {
        Duration latency = row.observation().latency();
        return latency == null ? null : (Long) (latency.toNanos() / 1_000);
    }

    private static String pattern(HistoryRow row) {
        return row.observation().asked() == null ? null : row.observation().asked().pattern();
    }
}
