package dev.heartbeat.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import dev.heartbeat.model.Change;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.StateCodec;
import dev.heartbeat.model.StoredFields;

/** What is written in one step, on the condition that nobody has written before? */
final class PostgresCommit {
    /** Answers whether it was done. */
    static final String SQL = "select heartbeat_commit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

    private PostgresCommit() {
    }

    /** The values of the statement: the change, upon what was committed under one stamp, under another. */
    static Object[] of(Change change, String heldStamp, String stamp, int outboxLength) {
        SourceState next = change.next();
        StoredFields fields = StoredFields.of(change);
        List<String> retired = new ArrayList<>();
        List<String> last = new ArrayList<>();
        change.retired().forEach((target, state) -> {
            retired.add(StateCodec.field(target));
            last.add(StateCodec.state(state));
        });
        return new Object[] { PostgresText.of(next.source()), heldStamp, stamp, next.version(), StateCodec.head(next),
                keys(fields.written().keySet()), array(fields.written().values()), keys(fields.deleted()),
                keys(fields.dropped()),
                keys(retired), array(last), array(change.transitions().stream().map(StateCodec::transition).toList()),
                outboxLength };
    }

    private static String[] keys(Iterable<String> texts) {
        List<String> keys = new ArrayList<>();
        texts.forEach(text -> keys.add(PostgresText.of(text)));
        return array(keys);
    }

    private static String[] array(Collection<String> texts) {
        return texts.toArray(String[]::new);
    }
}
