package dev.heartbeat.store;

import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.StateDraft;
import io.vertx.sqlclient.Row;

/** What have other subscribers committed of a source since this process last read it? */
final class PostgresReading {
    /** Answers the head, and the fields that are new to who holds that stamp and version; all, to who is told no stamp of. */
    static final String SQL = """
            with head as (select id, stamp, version, head, stamp <> $2 and not ($2 = any (before)) as whole
              from heartbeat_sources where heartbeat_digest(name) = heartbeat_digest($1))
            select null as field, head as value, stamp, version, whole from head
            union all
            select f.field, f.value, null, null, null from head, heartbeat_fields f
              where not head.whole and f.source = head.id and f.version > $3
            union all
            select f.field, f.value, null, null, null from head, heartbeat_fields f
              where head.whole and f.source = head.id and f.value is not null""";

    private PostgresReading() {
    }

    /** A source as it was committed under that stamp. */
    record Held(String stamp, SourceState state) {
        private static final String NEVER = "";

        static Held unheard(String name) {
            return new Held(NEVER, SourceState.unheard(name));
        }

        /** What the rows of an answer make of it; null where there is no such source. */
        Held after(Iterable<Row> rows) {
            Row head = head(rows);
            if (head == null) {
                return null;
            }
            StateDraft draft = new StateDraft(head.getBoolean("whole") ? SourceState.unheard(state.source()) : state);
            rows.forEach(row -> {
                if (row != head) {
                    draft.read(PostgresText.read(row.getString("field")), row.getString("value"));
                }
            });
            return new Held(head.getString("stamp"), draft.state(head.getLong("version"), head.getString("value")));
        }

        private static Row head(Iterable<Row> rows) {
            for (Row row : rows) {
                if (row.getString("stamp") != null) {
                    return row;
                }
            }
            return null;
        }
    }
}
