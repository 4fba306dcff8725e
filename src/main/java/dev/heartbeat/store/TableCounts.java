package dev.heartbeat.store;

import static java.time.temporal.ChronoUnit.HOURS;

import java.time.Instant;

import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;

/** How often was a target up? Whole hours by their sums; by rows what is left at both ends, and hours not summed yet. */
final class TableCounts {
    private final PgLink link;
    private final String question;

    TableCounts(PgLink link, TableName table, TableName sums, TableName touched) {
        this.link = link;
        String ofTarget = " where source = $1 and kind = $2 and name = $3 and ";
        String rows = "select count(*) filter (where health = 'up'), count(*) filter (where health = 'down'),"
                + " count(*) filter (where health not in ('up', 'down')) from " + table.quoted();
        this.question = "with noted as (select distinct hour from " + touched.quoted() + " where hour >= $5 and hour < $6)"
                + " select coalesce(sum(up), 0)::bigint, coalesce(sum(down), 0)::bigint, coalesce(sum(unknown), 0)::bigint from ("
                + "select up, down, unknown from " + sums.quoted() + ofTarget + "hour >= $5 and hour < $6"
                + " and hour not in (select hour from noted)"
                + " union all " + rows + ofTarget + "observed_at >= $4 and observed_at < $5"
                + " union all " + rows + ofTarget + "observed_at >= $6 and observed_at < $7"
                + " union all select c.* from noted, lateral (" + rows + ofTarget
                + "observed_at >= noted.hour and observed_at < noted.hour + interval '1 hour') c) parts(up, down, unknown)";
    }

    /** From the first instant to just before the second. */
    Uni<HistoryCount> count(String source, Target target, Instant from, Instant to) {
        Instant first = from.truncatedTo(HOURS).equals(from) ? from : from.truncatedTo(HOURS).plus(1, HOURS);
        Instant last = to.truncatedTo(HOURS);
        boolean hasWholeHour = first.isBefore(last);
        Instant begin = hasWholeHour ? first : to;
        Instant end = hasWholeHour ? last : to;
        return link.ask(question, source, target.kind().word(), target.name(), TableHours.utc(from), TableHours.utc(begin),
                TableHours.utc(end), TableHours.utc(to))
                .map(rows -> rows.iterator().next())
                .map(row -> new HistoryCount(row.getLong(0), row.getLong(1), row.getLong(2)));
    }
}
