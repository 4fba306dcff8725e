package dev.heartbeat.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.jboss.logging.Logger;

import dev.heartbeat.model.HistoryRow;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/**
 * Which months does a table have, a partition each? Made ahead and on demand, dropped when the last of their rows is too old.
 */
final class TablePartitions {
    private static final Logger LOG = Logger.getLogger(TablePartitions.class);
    private static final int AHEAD = 2;
    private static final String MISSING = "23514";
    private static final String FORBIDDEN = "42501";
    private static final String MONTHS = "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
            + " where i.inhparent = to_regclass($1)";
    private static final String IS_PARTITIONED = "select relkind = 'p' from pg_class where oid = to_regclass($1)";

    private final PgLink link;
    private final TableName table;
    private final HistoryConfig.Timescale timescale;
    private final Duration retention;
    private final Clock clock;
    private final Pattern ours;
    private final Set<YearMonth> known = ConcurrentHashMap.newKeySet();
    private volatile boolean isPartitioned;
    private volatile boolean isTold;

    TablePartitions(PgLink link, TableName table, HistoryConfig.Timescale timescale, Duration retention, Clock clock) {
        this.link = link;
        this.table = table;
        this.timescale = timescale;
        this.retention = retention;
        this.clock = clock;
        this.ours = Pattern.compile(Pattern.quote(table.with("_000000").text().replaceFirst("000000$", "")) + "\\d{6}");
    }

    /** What follows the columns of CREATE TABLE. The second index finds the rows of an hour, and costs next to nothing. */
    String clause() {
        String index = "; create index if not exists " + table.with("_observed_at").quoted() + " on " + table.quoted()
                + " using brin (observed_at) with (autosummarize = on)";
        return timescale == HistoryConfig.Timescale.ON
                ? "; select create_hypertable('" + table.quoted() + "', 'observed_at', if_not_exists => true)"
                : " partition by range (observed_at)" + index;
    }

    /** Whether a table can be divided that is not there yet. */
    Uni<Void> look() {
        return timescale == HistoryConfig.Timescale.OFF ? Uni.createFrom().voidItem()
                : link.ask("select 1 from pg_extension where extname = 'timescaledb'").chain(rows -> rows.size() > 0
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(new IllegalStateException("PostgreSQL " + link.address()
                                + " has no extension timescaledb, and HISTORY_TIMESCALE is on")));
    }

    Uni<Void> start() {
        return link.ask(IS_PARTITIONED, table.quoted())
                .invoke(rows -> {
                    isPartitioned = rows.iterator().next().getBoolean(0);
                    tellWhetherAllStays();
                })
                .chain(() -> ahead(clock.instant()))
                .onFailure(fault -> PgLink.code(fault).equals(FORBIDDEN)).recoverWithItem(fault -> {
                    LOG.warnf(
                            "PostgreSQL %s: table %s lacks partitions for the next months, and only its owner may make them: %s",
                            link.address(), table, fault.getMessage());
                    return null;
                });
    }

    /** Whoever made the table otherwise than we do must delete by himself what is old; a start that fails is repeated. */
    private void tellWhetherAllStays() {
        if (!isPartitioned && timescale == HistoryConfig.Timescale.OFF && !isTold) {
            isTold = true;
            LOG.warnf("PostgreSQL %s: table %s is not partitioned, so HISTORY_RETENTION deletes nothing from it: what is older"
                    + " than %d days stays until you delete it; of a hypertable HISTORY_TIMESCALE=on drops it", link.address(),
                    table, retention.toDays());
        }
    }

    /** Writes once the months of these rows are there; once more where somebody has dropped one since. */
    Uni<Void> write(List<HistoryRow> rows, Supplier<Uni<Void>> write) {
        Set<YearMonth> months = new TreeSet<>();
        rows.forEach(row -> months.add(month(row.observation().at())));
        return bearably(months).chain(() -> write.get())
                .onFailure(fault -> isPartitioned && PgLink.code(fault).equals(MISSING) && known.removeAll(months))
                .recoverWithUni(fault -> bearably(months).chain(() -> write.get()));
    }

    /**
     * Rows of a month that is over are refused where it can't be made; for this month somebody must help, till then all wait.
     */
    private Uni<Void> bearably(Set<YearMonth> months) {
        return ensured(months).onFailure(fault -> isBearable(fault, months)).recoverWithNull();
    }

    private boolean isBearable(Throwable fault, Set<YearMonth> months) {
        YearMonth current = month(clock.instant());
        return PgLink.code(fault).equals(FORBIDDEN)
                && months.stream().filter(month -> !known.contains(month)).allMatch(month -> month.isBefore(current));
    }

    Uni<Void> upkeep(Instant now) {
        if (timescale == HistoryConfig.Timescale.ON && !isPartitioned) {
            return link.ask("select drop_chunks(to_regclass($1), $2::timestamptz)", table.quoted(),
                    TableHours.utc(now.minus(retention))).replaceWithVoid();
        }
        return isPartitioned ? ahead(now).chain(() -> dropped(now)) : Uni.createFrom().voidItem();
    }

    private Uni<Void> ahead(Instant now) {
        Set<YearMonth> months = new TreeSet<>();
        for (int i = 0; i <= AHEAD; i++) {
            months.add(month(now).plusMonths(i));
        }
        return ensured(months);
    }

    private Uni<Void> ensured(Set<YearMonth> months) {
        if (!isPartitioned || known.containsAll(months)) {
            return Uni.createFrom().voidItem();
        }
        return present().chain(names -> {
            months.stream().filter(month -> names.contains(name(month).text())).forEach(known::add);
            List<YearMonth> missing = months.stream().filter(month -> !names.contains(name(month).text())).toList();
            return missing.isEmpty() ? Uni.createFrom().voidItem() : made(missing);
        }).invoke(() -> known.addAll(months));
    }

    private Uni<Set<String>> present() {
        return link.ask(MONTHS, table.quoted()).map(rows -> {
            Set<String> names = new TreeSet<>();
            rows.forEach(row -> names.add(row.getString(0)));
            return names;
        });
    }

    /** First as a table of its own: then nobody who reads the others is in the way. */
    private Uni<Void> made(List<YearMonth> months) {
        return link.alone("heartbeat partitions of " + table, connection -> {
            Future<Void> all = Future.succeededFuture();
            for (YearMonth month : months) {
                all = all.compose(ignored -> made(connection, month));
            }
            return all;
        });
    }

    private Future<Void> made(SqlConnection connection, YearMonth month) {
        String name = name(month).quoted();
        return connection.preparedQuery(MONTHS).execute(Tuple.of(table.quoted())).compose(rows -> {
            boolean isThere = rows.stream().anyMatch(row -> row.getString(0).equals(name(month).text()));
            return isThere ? Future.<Void> succeededFuture()
                    : connection.query("create table " + name + " (like " + table.quoted() + " including all); alter table "
                            + table.quoted() + " attach partition " + name + " for values from ('" + start(month) + "') to ('"
                            + start(month.plusMonths(1)) + "')").execute().<Void> mapEmpty();
        });
    }

    private Uni<Void> dropped(Instant now) {
        Instant oldest = now.minus(retention);
        return present().chain(names -> {
            Uni<Void> all = Uni.createFrom().voidItem();
            for (String name : names) {
                if (ours.matcher(name).matches() && !start(month(name).plusMonths(1)).isAfter(oldest)) {
                    known.remove(month(name));
                    all = all.chain(() -> dropped(name));
                }
            }
            return all;
        });
    }

    private Uni<Void> dropped(String name) {
        return link.alone("heartbeat partitions of " + table,
                connection -> connection.query("drop table if exists " + new TableName(name).quoted()).execute())
                .invoke(() -> LOG.infof("Table %s: what is older than %d days is dropped: %s", table, retention.toDays(),
                        name));
    }

    private TableName name(YearMonth month) {
        return table.with(String.format("_%04d%02d", month.getYear(), month.getMonthValue()));
    }

    private static YearMonth month(String name) {
        String digits = name.substring(name.length() - 6);
        return YearMonth.of(Integer.parseInt(digits.substring(0, 4)), Integer.parseInt(digits.substring(4)));
    }

    private static YearMonth month(Instant instant) {
        return YearMonth.from(instant.atOffset(ZoneOffset.UTC));
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
