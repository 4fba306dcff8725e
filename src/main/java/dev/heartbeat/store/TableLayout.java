package dev.heartbeat.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.NamedCheck;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;

/** How does a table of one shape come to be, take rows, and stay in order? */
interface TableLayout {
    /** Creates what is missing, or says in one failure what is missing and may not be created. */
    Uni<Void> start();

    /** Whether it has a place for that row: the tables of others know an address, and no checks behind it. */
    default boolean keeps(HistoryRow row) {
        return !NamedCheck.is(row.observation().target());
    }

    /** Which tables {@link #start} would create; fails as it would, and changes nothing. */
    Uni<List<TableName>> look();

    /** Equal for rows that must go in the same unit. */
    Object key(HistoryRow row);

    /** All or nothing, in one statement; a repeat changes nothing. */
    Uni<Void> write(List<HistoryUnit> units);

    /** What time brings: called once an hour. */
    Uni<Void> upkeep(Instant now);

    /** How often a target was so or so; fails where the table can not tell. */
    default Uni<HistoryCount> count(String source, Target target, Instant from, Instant to) {
        return Uni.createFrom().failure(
                new UnsupportedOperationException("only a table in the layout heartbeat tells one target from another"));
    }

    /** Whether that row, which the canary wrote, can be read. */
    Uni<Boolean> holds(HistoryRow canary);

    /** Deletes that row of the canary, and all of them that are so much older. */
    Uni<Void> forget(HistoryRow canary, Duration age);
}
