package dev.heartbeat.store;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.logging.Logger;

import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Position;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;

/**
 * How far is the log written to a table that has no key? The positions move in the statement that writes the rows, and what
 * stands at or before them was written already.
 */
final class TablePositions {
    static final TableName NAME = new TableName("heartbeat_positions");
    private static final Logger LOG = Logger.getLogger(TablePositions.class);
    private static final String DEFINITION = "create table if not exists heartbeat_positions (route text, topic text,"
            + " partition int, \"offset\" bigint not null, primary key (route, topic, partition))";
    private static final List<String> RIGHTS = List.of("SELECT", "INSERT", "UPDATE");

    private final PgLink link;
    private final TableName table;
    private final String route;
    private final Set<Position> known = ConcurrentHashMap.newKeySet();
    private volatile boolean isKept;
    private volatile boolean isTold;
    private volatile boolean isSkipTold;

    TablePositions(PgLink link, TableName table, String route) {
        this.link = link;
        this.table = table;
        // Two tables may be written for one reader.
        this.route = route + " into " + table;
    }

    Uni<Void> start() {
        TableRights rights = new TableRights(link);
        return rights.provided(NAME, DEFINITION)
                .chain(isThere -> isThere ? rights.lacking(NAME, RIGHTS).map(List::isEmpty) : Uni.createFrom().item(false))
                .invoke(isUsable -> {
                    isKept = isUsable;
                    if (!isUsable) {
                        tell("there is no table " + NAME + " that we may create or write");
                    }
                })
                .replaceWithVoid();
    }

    boolean isKept() {
        return isKept;
    }

    /** Says so once: a table without a key and a log without positions can not tell a repeat. */
    void expect(List<HistoryRow> rows) {
        if (isKept && rows.stream().anyMatch(row -> row.position() == null && !Canary.isIts(row))) {
            tell("its observations come from where records have no positions");
        }
    }

    private void tell(String reason) {
        if (!isTold) {
            isTold = true;
            LOG.warnf("Table %s of PostgreSQL %s has no key: an observation that comes again may stand there twice: %s",
                    table, link.address(), reason);
        }
    }

    /** The first of each partition must have a row to lock before it is asked. */
    Uni<Void> begin(List<HistoryRow> rows) {
        List<Position> begun = rows.stream().map(HistoryRow::position).filter(Objects::nonNull)
                .map(position -> new Position(position.topic(), position.partition(), -1))
                .distinct().filter(position -> !known.contains(position)).toList();
        if (begun.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return link.ask("insert into heartbeat_positions select $1, t, p, -1 from unnest($2::text[], $3::int[]) v(t, p)"
                + " on conflict do nothing", route, begun.stream().map(Position::topic).toArray(String[]::new),
                begun.stream().map(Position::partition).toArray(Integer[]::new))
                .invoke(() -> known.addAll(begun)).replaceWithVoid();
    }

    /**
     * Writes the rows of a statement's {@code sent} that are new, and moves the positions; four parameters from {@code first}.
     */
    String insert(TableColumns columns, int first) {
        return "with sent as (select * from " + columns.sent(1, ", $" + first + "::text[], $" + (first + 1) + "::int[], $"
                + (first + 2) + "::bigint[]", ", log_topic, log_partition, log_offset") + "), stood as ("
                + "select topic, partition, \"offset\" from heartbeat_positions where route = $" + (first + 3) + "::text"
                + " and (topic, partition) in (select log_topic, log_partition from sent) order by topic, partition for update"
                + "), fresh as (select v.* from sent v left join stood s on s.topic = v.log_topic and s.partition = v.log_partition"
                + " where s.\"offset\" is null or v.log_offset > s.\"offset\"), moved as ("
                + "insert into heartbeat_positions as p select $" + (first + 3)
                + "::text, log_topic, log_partition, max(log_offset) from fresh where log_topic is not null group by 2, 3"
                + " on conflict (route, topic, partition) do update set \"offset\" = greatest(p.\"offset\", excluded.\"offset\"))"
                + " insert into " + table.quoted() + " (" + columns.names() + ") select " + columns.expressions()
                + " from fresh v";
    }

    Tuple addTo(Tuple values, List<HistoryRow> rows) {
        List<Position> positions = rows.stream().map(HistoryRow::position).toList();
        return values.addValue(positions.stream().map(p -> p == null ? null : p.topic()).toArray(String[]::new))
                .addValue(positions.stream().map(p -> p == null ? null : p.partition()).toArray(Integer[]::new))
                .addValue(positions.stream().map(p -> p == null ? null : p.offset()).toArray(Long[]::new))
                .addValue(route);
    }

    /** Not silently: a topic that was made anew begins at 0 again, and its records look like old ones. */
    void skipped(int count) {
        if (count > 0 && !isSkipTold) {
            isSkipTold = true;
            LOG.infof("Table %s has %d of these records already, and skips them; for a topic that was made anew delete its"
                    + " row of %s where route = '%s'", table, count, NAME, route);
        }
    }
}
