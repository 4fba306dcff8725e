package dev.heartbeat.store;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import dev.heartbeat.model.Histogram;
import dev.heartbeat.model.LatencyHour;
import dev.heartbeat.model.StateCodec;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;

/** How fast were the answers, where PostgreSQL keeps it? A row for each target of each count of an hour. */
final class PostgresLatencies implements Latencies {
    private static final String WRITE = """
            insert into heartbeat_latencies (source, hour, count, field, histogram)
              select $1, $2, $3, field, histogram from unnest($4::text[], $5::text[]) as each (field, histogram)
              on conflict (heartbeat_digest(field), heartbeat_digest(source), hour, count)
              do update set histogram = excluded.histogram""";
    private static final String DROP = "delete from heartbeat_latencies where hour < $1";
    private static final String READ = """
            select hour, histogram from heartbeat_latencies where heartbeat_digest(field) = heartbeat_digest($1)
              and heartbeat_digest(source) = heartbeat_digest($2) and hour >= $3 order by hour""";
    /** Texts are made as they leave: thousands of targets are never texts at once. */
    private static final int AT_ONCE = 1_000;

    private final PgLink link;
    private final InstantSource clock;

    PostgresLatencies(PgLink link, InstantSource clock) {
        this.link = link;
        this.clock = clock;
    }

    @Override
    public Uni<Void> write(String source, Instant hour, String count, Map<Target, Histogram> histograms) {
        Instant first = Hours.first(clock.instant());
        if (hour.isBefore(first) || histograms.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createBy().repeating()
                .uni(histograms.entrySet()::iterator, rest -> write(source, hour, count, rest))
                .whilst(more -> more)
                .collect().last()
                .chain(() -> link.askAgain(DROP, moment(first)))
                .replaceWithVoid();
    }

    /** Answers whether there are more. */
    private Uni<Boolean> write(String source, Instant hour, String count, Iterator<Map.Entry<Target, Histogram>> rest) {
        List<String> fields = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        while (fields.size() < AT_ONCE && rest.hasNext()) {
            Map.Entry<Target, Histogram> next = rest.next();
            fields.add(StateCodec.field(next.getKey()));
            texts.add(next.getValue().toString());
        }
        return link.askAgain(WRITE, PostgresText.of(source), moment(hour), count, PostgresText.of(fields),
                texts.toArray(String[]::new)).map(done -> rest.hasNext());
    }

    @Override
    public Uni<List<LatencyHour>> of(String source, Target target) {
        return link.askAgain(READ, PostgresText.of(StateCodec.field(target)), PostgresText.of(source),
                moment(Hours.first(clock.instant()))).map(PostgresLatencies::hours);
    }

    private static List<LatencyHour> hours(Iterable<Row> rows) {
        List<LatencyHour> counts = new ArrayList<>();
        for (Row row : rows) {
            Histogram histogram = Histogram.parse(row.getString(1));
            if (histogram != null) {
                counts.add(new LatencyHour(row.getOffsetDateTime(0).toInstant(), histogram));
            }
        }
        return Hours.merged(counts);
    }

    private static OffsetDateTime moment(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
