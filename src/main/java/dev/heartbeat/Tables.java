package dev.heartbeat;

import jakarta.inject.Singleton;

import dev.heartbeat.model.Leg;
import dev.heartbeat.model.Route;
import dev.heartbeat.model.RowLayout;
import dev.heartbeat.store.Histories;
import dev.heartbeat.store.HistoryConfig;
import dev.heartbeat.store.HistoryStore;
import dev.heartbeat.store.PgAddress;
import dev.heartbeat.store.PgConfig;
import dev.heartbeat.store.PostgresLegs;
import io.smallrye.mutiny.Uni;

/** Which table keeps the history of what comes in one way? */
@Singleton
class Tables {
    private final Histories histories;
    private final PostgresLegs legs;
    private final PgConfig database;
    private final HistoryConfig history;

    Tables(Histories histories, PostgresLegs legs, PgConfig database, HistoryConfig history) {
        this.histories = histories;
        this.legs = legs;
        this.database = database;
        this.history = history;
    }

    /** Where is a table, which columns has it, and who reads for it? */
    private record Place(PgAddress address, String table, RowLayout layout, String reader) {
    }

    /** The one of the settings. */
    HistoryStore own() {
        return open(ownPlace());
    }

    /** The one that the route names; null where it names none. */
    HistoryStore of(Route route) {
        return route.table() == null ? null : open(place(route));
    }

    /** What a start would find of the one of the settings. */
    Uni<Leg> look() {
        return look(ownPlace());
    }

    /** What a start would find of the one that the route names. */
    Uni<Leg> look(Route route) {
        return look(place(route));
    }

    private HistoryStore open(Place place) {
        return histories.open(place.address(), place.table(), place.layout(), place.reader());
    }

    private Uni<Leg> look(Place place) {
        return legs.history(place.address(), place.table(), place.layout());
    }

    private Place ownPlace() {
        return new Place(PgAddress.of(database), database.table(), history.layout(), database.table());
    }

    private Place place(Route route) {
        PgAddress address = route.database() == null ? PgAddress.of(database) : PgAddress.parse(route.database());
        return new Place(address, route.table(), route.layout(), route.group() + "/" + route.table());
    }
}
