package dev.heartbeat.store;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.heartbeat.model.HistoryRow;

/** Which rows does the database refuse, and why? All others of the same write are durable; these would be refused again. */
public final class RowRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Map<HistoryRow, String> reasons;

    RowRefusedException(Map<HistoryRow, String> reasons) {
        super("the database refuses " + reasons.size() + (reasons.size() == 1 ? " row: " : " rows, the first: ")
                + reasons.values().iterator().next());
        this.reasons = new LinkedHashMap<>(reasons);
    }

    /** The rows in their order, each with its reason. */
    public Map<HistoryRow, String> reasons() {
        return reasons;
    }
}
