package dev.heartbeat.probe;

import java.util.List;

import dev.heartbeat.model.Spec;

/**
 * How is one kind of entry of the targets file asked? Extension point: a new protocol is a new bean of this type and the
 * record of its section. Timeout, retries, clock and the mapping of throwables to reasons are the runner's, never a probe's.
 */
public interface Probe<S extends Spec> {
    /** The entries that this probe asks for. */
    Class<S> spec();

    /** How many of its checks may be under way at once. */
    int concurrency();

    /**
     * Learns which entries there will be, all intervals together; what is answered turns to them, and does not fail. May wait
     * for files, so it is not for an event loop.
     */
    default Runnable follow(List<S> all) {
        return () -> {
        };
    }

    /** The checks of one round; made once per configuration, asked every round. One check may answer for several entries. */
    List<Check> checks(List<S> specs);
}
