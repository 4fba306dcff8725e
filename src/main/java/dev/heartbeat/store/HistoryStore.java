package dev.heartbeat.store;

import java.util.List;

import dev.heartbeat.model.HistoryRow;
import io.smallrye.mutiny.Uni;

/** What was ever observed, one row each? Extension point; append-only, and the same row twice changes nothing. */
public interface HistoryStore {
    /** Makes it ready: creates what it needs. Fails while the store is away; called again until it succeeds. */
    Uni<Void> start();

    /** Completes when all these rows are durable; a repeat of any of them changes nothing. Fails while the store is away. */
    Uni<Void> write(List<HistoryRow> rows);

    /** Completes when the store answers, fails with the cause when it does not. */
    Uni<Void> ping();
}
