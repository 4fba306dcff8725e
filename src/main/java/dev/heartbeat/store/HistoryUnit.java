package dev.heartbeat.store;

import java.util.List;

import dev.heartbeat.model.HistoryRow;

/** Which rows stand or fall together? Those of one key, of which the last counts; or those of one record of a log. */
record HistoryUnit(List<HistoryRow> rows) {
    HistoryRow last() {
        return rows.get(rows.size() - 1);
    }
}
