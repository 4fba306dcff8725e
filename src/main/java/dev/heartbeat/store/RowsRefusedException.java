package dev.heartbeat.store;

import java.util.Map;

import dev.heartbeat.model.HistoryRow;

/** Which rows does a store refuse for good, and why? All others of the same write are durable. */
public final class RowsRefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Map<HistoryRow, String> refused;

    /** @param refused each with the reason in words */
    public RowsRefusedException(Map<HistoryRow, String> refused) {
        super(refused.size() + " rows are refused, the first: " + refused.values().iterator().next());
        this.refused = Map.copyOf(refused);
    }

    public Map<HistoryRow, String> refused() {
        return refused;
    }
}
