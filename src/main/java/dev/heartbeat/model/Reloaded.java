package dev.heartbeat.model;

import java.util.List;

/** What came of reading the targets file again? */
public sealed interface Reloaded {
    /** It is what is asked from now on. */
    record Taken(String from, TargetsDifference difference) implements Reloaded {
    }

    /**
     * What was asked before goes on.
     *
     * @param lines all that is wrong, for a person; never empty
     * @param faults the same with their places; empty where the file could not be read at all
     */
    record Refused(String from, List<String> lines, List<Fault> faults) implements Reloaded {
        public Refused {
            lines = List.copyOf(lines);
            faults = List.copyOf(faults);
        }
    }

    /** There is no file that could be read again; the words say why. */
    record Nothing(String words) implements Reloaded {
    }
}
