package dev.heartbeat.store;

import java.time.Clock;
import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.heartbeat.model.RowLayout;

/** Which tables keep the history? */
@ApplicationScoped
public class HistoryTables {
    /** Longer than a full batch or the sums of an hour ever took. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final PgPools pools;
    private final PgConfig database;
    private final HistoryConfig history;
    private final Clock clock;

    @Inject
    HistoryTables(PgPools pools, PgConfig database, HistoryConfig history) {
        this(pools, database, history, Clock.systemUTC());
    }

    HistoryTables(PgPools pools, PgConfig database, HistoryConfig history, Clock clock) {
        this.pools = pools;
        this.database = database;
        this.history = history;
        this.clock = clock;
    }

    /**
     * The table of that name there; asks nothing of the database yet.
     *
     * @throws IllegalArgumentException when that is no name of a table
     */
    public HistoryTable open(PgAddress address, String table, RowLayout layout) {
        TableName name = new TableName(table);
        PgLink link = new PgLink(() -> pools.of(address), () -> address, PATIENCE);
        return new HistoryTable(link, name, layout(link, name, layout), database.batchSize());
    }

    TableLayout layout(PgLink link, TableName table, RowLayout layout) {
        return switch (layout) {
            case HEARTBEAT -> new TableHeartbeat(link, table,
                    new TablePartitions(link, table, history.timescale(), history.retention(), clock),
                    new TableHours(link, table, history.retention()));
            case HEALTHCHECK -> new TableHealthcheck(link, table);
            case METRICS -> new TableKeyless(link, table, TableShape.METRICS, new TablePositions(link, table));
            case HOST_METRICS -> new TableKeyless(link, table, TableShape.HOST_METRICS, new TablePositions(link, table));
        };
    }
}
