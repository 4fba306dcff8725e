package dev.heartbeat.store;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.logging.Logger;

import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Position;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * How far is the log written to a table that has no key? The positions move in the statement that writes the rows, and what
 * stands at or before them was written already, whoever reads it.
 */
final class TablePositions {
    static final TableName NAME = new TableName("heartbeat_positions");
    private static final Logger LOG = Logger.getLogger(TablePositions.class);
    private static final String DEFINITION = "create table if not exists heartbeat_positions (table_name text, topic text,"
            + " partition int, \"offset\" bigint not null, newest timestamptz, primary key (table_name, topic, partition))";
    /** With its schema: tables of one name may stand in several, and the positions in one that all of them see. */
    private static final String WHOLE_NAME = "select relnamespace::regnamespace || '.' || relname from pg_class"
            + " where oid = to_regclass($1)";
    private static final List<String> RIGHTS = List.of("SELECT", "INSERT", "UPDATE");

    private final PgLink link;
    private final TableName table;
    private final Set<Position> known = ConcurrentHashMap.newKeySet();
    private final Set<Position> told = ConcurrentHashMap.newKeySet();
    private volatile String name;
    private volatile boolean isKept;
    private volatile boolean isTold;
    private volatile boolean isSkipTold;

    TablePositions(PgLink link, TableName table) {
        this.link = link;
        this.table = table;
    }

    Uni<Void> start() {
        TableRights rights = new TableRights(link);
        return link.ask(WHOLE_NAME, table.quoted()).invoke(rows -> name = rows.iterator().next().getString(0))
                .chain(() -> rights.provided(NAME, DEFINITION))
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
                .map(position -> partition(position.topic(), position.partition()))
                .distinct().filter(position -> !known.contains(position)).toList();
        if (begun.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return link.ask("insert into heartbeat_positions select $1, t, p, -1 from unnest($2::text[], $3::int[]) v(t, p)"
                + " on conflict do nothing", name, begun.stream().map(Position::topic).toArray(String[]::new),
                begun.stream().map(Position::partition).toArray(Integer[]::new))
                .invoke(() -> known.addAll(begun)).replaceWithVoid();
    }

    /**
     * Writes the rows of a statement's {@code sent} that are new, and moves the positions; five parameters from {@code first}.
     * Answers with the partitions of what it skipped, for {@link #skipped}.
     */
    String insert(TableColumns columns, int first) {
        return "with sent as (select * from " + columns.sent(1, ", $" + first + "::text[], $" + (first + 1) + "::int[], $"
                + (first + 2) + "::bigint[], $" + (first + 3) + "::timestamptz[]",
                ", log_topic, log_partition, log_offset, log_at") + "), stood as ("
                + "select topic, partition, \"offset\", newest from heartbeat_positions where table_name = $" + (first + 4)
                + "::text"
                + " and (topic, partition) in (select log_topic, log_partition from sent) order by topic, partition for update"
                + "), fresh as (select v.* from sent v left join stood s on s.topic = v.log_topic and s.partition = v.log_partition"
                + " where s.\"offset\" is null or v.log_offset > s.\"offset\"), moved as ("
                + "insert into heartbeat_positions as p select $" + (first + 4)
                + "::text, log_topic, log_partition, max(log_offset), max(log_at) from fresh where log_topic is not null"
                + " group by 2, 3 on conflict (table_name, topic, partition) do update set"
                + " \"offset\" = greatest(p.\"offset\", excluded.\"offset\"), newest = greatest(p.newest, excluded.newest)"
                + "), written as (insert into " + table.quoted() + " (" + columns.names() + ") select " + columns.expressions()
                + " from fresh v) select log_topic, log_partition, count(*), bool_or(v.log_at > s.newest) from sent v"
                + " join stood s on s.topic = v.log_topic and s.partition = v.log_partition"
                + " where v.log_offset <= s.\"offset\" group by 1, 2";
    }

    Tuple addTo(Tuple values, List<HistoryRow> rows) {
        List<Position> positions = rows.stream().map(HistoryRow::position).toList();
        return values.addValue(positions.stream().map(p -> p == null ? null : p.topic()).toArray(String[]::new))
                .addValue(positions.stream().map(p -> p == null ? null : p.partition()).toArray(Integer[]::new))
                .addValue(positions.stream().map(p -> p == null ? null : p.offset()).toArray(Long[]::new))
                .addValue(rows.stream().map(TablePositions::at).toArray(OffsetDateTime[]::new)).addValue(name);
    }

    /** When it was observed; null where the record does not say, so that it would be another time when it comes again. */
    private static OffsetDateTime at(HistoryRow row) {
        return row.observation().at().equals(row.received()) ? null : TableColumn.utc(row.observation().at());
    }

    /**
     * Not silently: a topic that was made anew begins at 0 again, and its records look like old ones. What comes again is never
     * newer than all that was written.
     */
    void skipped(RowSet<Row> partitions) {
        for (Row row : partitions) {
            Position partition = partition(row.getString(0), row.getInteger(1));
            if (!Boolean.TRUE.equals(row.getBoolean(3))) {
                tellOfARepeat(row.getLong(2));
            } else if (told.add(partition)) {
                LOG.warnf("Table %s skips %d records of topic %s, partition %d: their offsets were written before, but they are"
                        + " newer than all that was. If the topic was made anew, stop, delete from %s where table_name = '%s'"
                        + " and topic = '%s', and start with another consumer group; topics of two brokers need two tables",
                        table, row.getLong(2), partition.topic(), partition.partition(), NAME, name, partition.topic());
            }
        }
    }

    private void tellOfARepeat(long count) {
        if (!isSkipTold) {
            isSkipTold = true;
            LOG.infof("Table %s has %d of these records already, and skips them", table, count);
        }
    }

    private static Position partition(String topic, int partition) {
        return new Position(topic, partition, -1);
    }
}
