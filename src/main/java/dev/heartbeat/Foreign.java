package dev.heartbeat;

import java.util.List;
import java.util.stream.Stream;

import dev.heartbeat.model.Route;
import dev.heartbeat.model.Targets;

/**
 * What did another program's own file or flags say, that is no setting of ours?
 *
 * @param from as a person knows it; null where nothing was foreign
 * @param targets null where it named none
 * @param routes empty where it named none
 * @param faults what is wrong in it, a line each
 * @param notes what the log should say of it at the start
 * @param again how its targets are read again; null where they can not be
 */
record Foreign(String from, Targets targets, List<Route> routes, List<String> faults, List<String> notes, Rereading again) {
    static final Foreign NONE = new Foreign(null, null, List.of(), List.of(), List.of());

    Foreign {
        routes = List.copyOf(routes);
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    /** What can not be read again. */
    Foreign(String from, Targets targets, List<Route> routes, List<String> faults, List<String> notes) {
        this(from, targets, routes, faults, notes, null);
    }

    Foreign noting(List<String> more) {
        return new Foreign(from, targets, routes, faults, Stream.concat(notes.stream(), more.stream()).toList(),
                again);
    }
}
