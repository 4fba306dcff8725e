package dev.heartbeat.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.heartbeat.model.StateCodec;
import dev.heartbeat.model.Transition;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;

/** What happened, when it is kept in PostgreSQL? {@code heartbeat_commit} writes the entries. */
final class PostgresOutbox implements Outbox {
    private static final String ENDS = """
            select (select millis || '-' || nth from heartbeat_outbox order by millis desc, nth desc limit 1),
              (select previous from heartbeat_outbox order by millis, nth limit 1)""";
    private static final String AFTER = """
            select millis, nth, transition from heartbeat_outbox
              where (millis, nth) > ($1, $2) order by millis, nth limit $3""";
    private static final String KEPT = """
            select t.millis, t.nth, t.transition from heartbeat_transitions t join heartbeat_sources s on s.id = t.source
              where heartbeat_digest(s.name) = heartbeat_digest($4) and (t.millis, t.nth) < ($1, $2)
              order by t.millis desc, t.nth desc limit $3""";
    private static final String CLAIM = """
            insert into heartbeat_readers as place (name, holder, until)
              values ($1, $2, clock_timestamp() + $3::bigint * interval '1 millisecond')
              on conflict (name) do update set holder = excluded.holder, until = excluded.until
                where place.until is null or place.until <= clock_timestamp() or place.holder = excluded.holder
              returning position, notes""";
    private static final String KEEP = """
            update heartbeat_readers set position = $3, notes = $4, holder = case when $5::bigint > 0 then holder end,
              until = case when $5 > 0 then clock_timestamp() + $5 * interval '1 millisecond' end
              where name = $1 and holder = $2""";
    /** After every id. */
    private static final String END = Long.MAX_VALUE + "-" + Long.MAX_VALUE;

    private final PgLink link;
    private final SecureRandom random = new SecureRandom();

    PostgresOutbox(PgLink link) {
        this.link = link;
    }

    @Override
    public Uni<String> newest() {
        return link.askAgain(ENDS).map(rows -> newest(rows.iterator().next()));
    }

    private static String newest(Row ends) {
        String newest = ends.getString(0);
        return newest == null ? BEGIN : newest;
    }

    @Override
    public Uni<List<Entry>> after(String id, int most) {
        return read(page(AFTER, most), id, new ArrayList<>());
    }

    @Override
    public Uni<List<Entry>> kept(String source, String before, int most) {
        return read(page(KEPT, most, PostgresText.of(source)), before == null ? END : before, new ArrayList<>());
    }

    /** The oldest entry says which one stood before it: what is gone is that one, and those before. */
    @Override
    public Uni<Boolean> isComplete(String position) {
        return link.askAgain(ENDS).map(rows -> {
            Row ends = rows.iterator().next();
            String gone = ends.getString(1);
            return Outbox.compare(position, newest(ends)) <= 0 && (gone == null || Outbox.compare(gone, position) <= 0);
        });
    }

    @Override
    public Uni<Place> claim(String reader, Duration lease) {
        String holder = Long.toString(random.nextLong() >>> 1, 36);
        return link.askAgain(CLAIM, PostgresText.of(reader), holder, lease.toMillis()).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            Row place = rows.iterator().next();
            return new Place(reader, place.getString(0), PostgresText.read(place.getString(1)), holder);
        });
    }

    @Override
    public Uni<Boolean> keep(Place place, Duration lease) {
        return link.askAgain(KEEP, PostgresText.of(place.reader()), place.holder(), place.position(),
                PostgresText.of(place.notes()), lease.toMillis()).map(rows -> rows.rowCount() == 1);
    }

    /** Which entries are asked for: by a statement whose last values are these, so many. */
    private record Page(String sql, int most, List<Object> values) {
        Object[] from(String id, int asked) {
            String[] parts = id.split("-", 2);
            List<Object> all = new ArrayList<>(List.of(Long.valueOf(parts[0]), Long.valueOf(parts[1]), (long) asked));
            all.addAll(values);
            return all.toArray();
        }
    }

    private static Page page(String sql, int most, Object... values) {
        return new Page(sql, most, List.of(values));
    }

    /** What can't be read (a newer version wrote it, or somebody else) takes no room, and stops nobody. */
    private Uni<List<Entry>> read(Page page, String from, List<Entry> readable) {
        int asked = page.most() - readable.size();
        return link.askAgain(page.sql(), page.from(from, asked)).chain(rows -> {
            String last = from;
            for (Row row : rows) {
                last = row.getLong(0) + "-" + row.getLong(1);
                Transition transition = StateCodec.transition(row.getString(2));
                if (transition != null) {
                    readable.add(new Entry(last, transition));
                }
            }
            return rows.size() < asked || readable.size() >= page.most() ? Uni.createFrom().item(readable)
                    : read(page, last, readable);
        });
    }
}
