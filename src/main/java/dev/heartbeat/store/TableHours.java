package dev.heartbeat.store;

import static java.time.temporal.ChronoUnit.HOURS;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import dev.heartbeat.model.HistoryRow;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/**
 * How many observations of each hour were up? Sums, kept for ever, of hours that are over. A batch notes each hour that it
 * touches with a number of its own; the sums of a noted hour are made anew from its rows, and the note goes only if no batch
 * has
 * renumbered it since. So no row is missed, nobody waits, and a crash repeats a step that changes nothing.
 */
final class TableHours {
    private final PgLink link;
    private final TableName table;
    private final TableName sums;
    private final TableName touched;
    private final Duration retention;

    private record Note(Instant hour, String writer, long batch) {
    }

    TableHours(PgLink link, TableName table, Duration retention) {
        this.link = link;
        this.table = table;
        this.sums = table.with("_hourly");
        this.touched = table.with("_touched");
        this.retention = retention;
    }

    TableName sums() {
        return sums;
    }

    TableName touched() {
        return touched;
    }

    List<TableName> and(TableName rows) {
        return List.of(rows, sums, touched);
    }

    String definition() {
        return "create table if not exists " + sums.quoted()
                + " (source text collate \"C\", kind text collate \"C\", name text collate \"C\", hour timestamptz,"
                + " up bigint not null, down bigint not null, unknown bigint not null, latency_us_sum bigint,"
                + " latency_us_min bigint, latency_us_max bigint, latency_us_count bigint not null,"
                + " primary key (source, kind, name, hour)); create table if not exists " + touched.quoted()
                + " (hour timestamptz, writer text, batch bigint not null, primary key (hour, writer))";
    }

    /** Stands before a batch's own statement, whose parameters it continues. */
    String noting(int first) {
        return "with noted as (insert into " + touched.quoted() + " as n (hour, writer, batch) select h, $" + (first + 1)
                + ", $"
                + (first + 2) + "::bigint from unnest($" + first + "::timestamptz[]) h"
                + " on conflict (hour, writer) do update set batch = excluded.batch) ";
    }

    /** What the canary says is not counted. */
    Tuple addTo(Tuple values, List<HistoryRow> rows, String writer, long batch) {
        OffsetDateTime[] hours = rows.stream().filter(row -> !Canary.isIts(row))
                .map(row -> utc(row.observation().at().truncatedTo(HOURS))).distinct().sorted().toArray(OffsetDateTime[]::new);
        return values.addValue(hours).addValue(writer).addValue(batch);
    }

    /** Makes the sums of all noted hours that are over. */
    Uni<Void> sum(Instant now) {
        return link.ask("select hour, writer, batch from " + touched.quoted() + " where hour < $1 order by hour",
                utc(now.truncatedTo(HOURS)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(TableHours::note)
                        .collect(Collectors.groupingBy(Note::hour)))
                .chain(hours -> Multi.createFrom().iterable(hours.entrySet())
                        .onItem().transformToUniAndConcatenate(hour -> sum(hour, now))
                        .onItem().ignoreAsUni());
    }

    private static Note note(Row row) {
        return new Note(row.getOffsetDateTime(0).toInstant(), row.getString(1), row.getLong(2));
    }

    private Uni<Void> sum(Map.Entry<Instant, List<Note>> hour, Instant now) {
        List<Note> notes = hour.getValue();
        return link.ask(summing(hour.getKey().isBefore(now.minus(retention))), utc(hour.getKey()),
                utc(hour.getKey().plus(1, HOURS)), Canary.SOURCE)
                .chain(() -> link.ask(
                        "delete from " + touched.quoted() + " n using unnest($2::text[], $3::bigint[]) d(writer, batch)"
                                + " where n.hour = $1 and n.writer = d.writer and n.batch = d.batch",
                        utc(hour.getKey()),
                        notes.stream().map(Note::writer).toArray(String[]::new),
                        notes.stream().map(Note::batch).toArray(Long[]::new)))
                .replaceWithVoid();
    }

    /** Of an hour whose rows may be dropped already what was summed stays: a late row would make it look empty. */
    private String summing(boolean isOld) {
        return "insert into " + sums.quoted() + " as s select source, kind, name, $1::timestamptz,"
                + " count(*) filter (where health = 'up'), count(*) filter (where health = 'down'),"
                + " count(*) filter (where health not in ('up', 'down')), sum(latency_us), min(latency_us), max(latency_us),"
                + " count(latency_us) from " + table.quoted()
                + " where observed_at >= $1 and observed_at < $2 and source <> $3 group by 1, 2, 3"
                + " on conflict (source, kind, name, hour) do " + (isOld ? "nothing"
                        : "update set up = excluded.up, down = excluded.down, unknown = excluded.unknown,"
                                + " latency_us_sum = excluded.latency_us_sum, latency_us_min = excluded.latency_us_min,"
                                + " latency_us_max = excluded.latency_us_max, latency_us_count = excluded.latency_us_count");
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
