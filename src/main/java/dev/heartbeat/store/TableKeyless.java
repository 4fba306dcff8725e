package dev.heartbeat.store;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.heartbeat.model.HistoryRow;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.data.Numeric;

/** How does a table without a key take rows, none twice? By the positions of the log; a table of others keeps its columns. */
final class TableKeyless implements TableLayout {
    private static final List<String> RIGHTS = List.of("INSERT");
    private static final String PRESENT = "select attname::text, attnotnull, format_type(atttypid, atttypmod)"
            + " from pg_attribute"
            + " where attrelid = to_regclass($1) and attnum > 0 and not attisdropped";
    private final PgLink link;
    private final TableName table;
    private final TableShape shape;
    private final TablePositions positions;
    private volatile TableColumns columns;
    /** Nobody knows how exact a column of others is. */
    private volatile String time = "numeric";

    TableKeyless(PgLink link, TableName table, TableShape shape, TablePositions positions) {
        this.link = link;
        this.table = table;
        this.shape = shape;
        this.positions = positions;
        this.columns = shape.whole();
    }

    @Override
    public Uni<Void> start() {
        return new TableRights(link).provide(List.of(table), definition(), RIGHTS)
                .chain(this::learn)
                .chain(positions::start)
                .chain(this::rehearse);
    }

    /** Without positions, which a start creates where it may and does without where not. */
    @Override
    public Uni<List<TableName>> look() {
        return new TableRights(link).look(List.of(table), definition(), RIGHTS)
                .call(absent -> absent.isEmpty() ? learn().chain(this::rehearse) : Uni.createFrom().voidItem());
    }

    private String definition() {
        return "create table if not exists " + table.quoted() + " (" + shape.whole().definition()
                + "); create index if not exists " + table.with("_canary").quoted() + " on " + table.quoted() + " ("
                + shape.address() + ")" + canaries();
    }

    /** Which columns a table of others has. */
    private Uni<Void> learn() {
        return link.ask(PRESENT, table.quoted())
                .invoke(rows -> {
                    Map<String, Boolean> present = new HashMap<>();
                    rows.forEach(row -> {
                        present.put(row.getString(0), row.getBoolean(1));
                        time = row.getString(0).equals(shape.time()) ? row.getString(2) : time;
                    });
                    columns = shape.in(present);
                })
                .replaceWithVoid();
    }

    private Uni<Void> rehearse() {
        return new TableRights(link).rehearse(table, shape.name(), link.ask(statement(), values(List.of())));
    }

    /** What is of one record of the log goes together; what is of none goes alone. */
    @Override
    public Object key(HistoryRow row) {
        return row.position() == null ? new Object() : row.position();
    }

    @Override
    public Uni<Void> write(List<HistoryUnit> units) {
        List<HistoryRow> rows = units.stream().flatMap(unit -> unit.rows().stream()).toList();
        positions.expect(rows);
        if (!positions.isKept()) {
            return link.ask(statement(), values(rows)).replaceWithVoid();
        }
        return positions.begin(rows)
                .chain(() -> link.ask(statement(), values(rows)))
                .invoke(positions::skipped)
                .replaceWithVoid();
    }

    private String statement() {
        return positions.isKept() ? positions.insert(columns, columns.all().size() + 1)
                : "insert into " + table.quoted() + " (" + columns.names() + ") select " + columns.expressions() + " from "
                        + columns.sent(1);
    }

    private Tuple values(List<HistoryRow> rows) {
        Tuple values = columns.values(rows);
        return positions.isKept() ? positions.addTo(values, rows) : values;
    }

    /** What others may still want to read is not ours to delete. */
    @Override
    public Uni<Void> upkeep(Instant now) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Boolean> holds(HistoryRow canary) {
        return link.ask("select 1 from " + table.quoted() + canaries() + " and " + isOf("$1"),
                seconds(canary.observation().at()))
                .map(rows -> rows.size() > 0);
    }

    @Override
    public Uni<Void> forget(HistoryRow canary, Duration age) {
        return link.ask("delete from " + table.quoted() + canaries() + " and (" + isOf("$1") + " or " + shape.time()
                + "::numeric < $2::numeric)", seconds(canary.observation().at()),
                seconds(canary.observation().at().minus(age))).replaceWithVoid();
    }

    /** In words that an index of these rows only understands: without one all rows of a large table would be read. */
    private String canaries() {
        return " where " + shape.address() + " = '" + Canary.ADDRESS + "'";
    }

    /** As the column made of it what was written: the row of another canary is never meant. */
    private String isOf(String second) {
        return shape.time() + " = " + second + "::numeric::" + time;
    }

    private static Numeric seconds(Instant instant) {
        return Numeric.create(BigDecimal.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, instant), 6));
    }
}
