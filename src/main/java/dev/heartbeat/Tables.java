package dev.heartbeat;

import jakarta.inject.Singleton;

import dev.heartbeat.model.Route;
import dev.heartbeat.store.Histories;
import dev.heartbeat.store.HistoryConfig;
import dev.heartbeat.store.HistoryStore;
import dev.heartbeat.store.PgAddress;
import dev.heartbeat.store.PgConfig;

/** Which table keeps the history of what comes in one way? */
@Singleton
class Tables {
    private final Histories histories;
    private final PgConfig database;
    private final HistoryConfig history;

    Tables(Histories histories, PgConfig database, HistoryConfig history) {
        this.histories = histories;
        this.database = database;
        this.history = history;
    }

    /** The one of the settings. */
    HistoryStore own() {
        return histories.open(PgAddress.of(database), database.table(), history.layout(), database.table());
    }

    /** The one that the route names; null where it names none. */
    HistoryStore of(Route route) {
        if (route.table() == null) {
            return null;
        }
        PgAddress address = route.database() == null ? PgAddress.of(database) : PgAddress.parse(route.database());
        return histories.open(address, route.table(), route.layout(), route.group() + "/" + route.table());
    }
}
