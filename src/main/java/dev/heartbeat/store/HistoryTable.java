package dev.heartbeat.store;

import java.time.Instant;
import java.util.List;

import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;

/** What was ever observed, in one table of PostgreSQL? One write at a time, in the order of the log. */
public final class HistoryTable implements HistoryStore {
    private final PgLink link;
    private final TableLayout layout;
    private final HistoryWriter writer;
    private final Canary canary;

    HistoryTable(PgLink link, TableName table, TableLayout layout, int batchSize) {
        this.link = link;
        this.layout = layout;
        this.writer = new HistoryWriter(table.text(), layout, batchSize);
        this.canary = new Canary(table.text(), writer, layout);
    }

    @Override
    public Uni<Void> start() {
        return layout.start();
    }

    /** Which tables {@link #start} would create; fails as it would, and changes nothing. */
    Uni<List<TableName>> look() {
        return layout.look();
    }

    /** Fails with {@link RowRefusedException} when all are durable but those that the database refuses. */
    @Override
    public Uni<Void> write(List<HistoryRow> rows) {
        return writer.write(rows);
    }

    @Override
    public Uni<Void> ping() {
        return link.ping();
    }

    /** Makes hourly sums and partitions, drops what is too old; to be called once an hour. Does nothing to tables of others. */
    public Uni<Void> upkeep(Instant now) {
        return layout.upkeep(now);
    }

    /** How often a target was up, down or unknown, from the first instant to just before the second; only of our own layout. */
    public Uni<HistoryCount> uptime(String source, Target target, Instant from, Instant to) {
        return layout.count(source, target, from, to);
    }

    /** Tells whether rows arrive here. */
    public Canary canary() {
        return canary;
    }
}
