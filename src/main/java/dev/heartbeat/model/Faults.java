package dev.heartbeat.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has been found wrong in a file so far, and what only deserves a warning? */
final class Faults {
    private static final int MOST = 1000;
    private static final Comparator<Fault> BY_PLACE = Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column);

    private final String file;
    private final boolean lenient;
    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> warnings = new ArrayList<>();
    private final Map<String, Place> unknown = new LinkedHashMap<>();
    private int count;

    Faults(String file, boolean lenient) {
        this.file = file;
        this.lenient = lenient;
    }

    boolean lenient() {
        return lenient;
    }

    /** How many faults there are, so that a reader can tell whether its own entry brought some. */
    int count() {
        return count;
    }

    void add(Place at, String value, String message) {
        if (count++ < MOST) {
            faults.add(fault(at, value, message));
        }
    }

    void warn(Place at, String value, String message) {
        if (warnings.size() < MOST) {
            warnings.add(fault(at, value, message));
        }
    }

    /** A fault in our own format, a warning in PH's, which takes it. */
    void tolerate(Place at, String value, String message) {
        if (lenient) {
            warn(at, value, message);
        } else {
            add(at, value, message);
        }
    }

    /** A key that nobody asks for: a fault in our own format; in PH's all of them make one warning. */
    void unknown(Place key, String name, Set<String> known) {
        if (lenient) {
            unknown.putIfAbsent(key.path().replaceAll("\\[\\d+]", "[]"), key);
        } else {
            add(key, null, "is no key here; " + Spelling.meant(name, known));
        }
    }

    List<Fault> faults() {
        List<Fault> sorted = new ArrayList<>(new LinkedHashSet<>(faults));
        sorted.sort(BY_PLACE);
        if (count > MOST) {
            sorted.add(fault(Place.START, null, "has " + (count - MOST) + " more faults, which are not shown"));
        }
        return sorted;
    }

    List<Fault> warnings() {
        List<Fault> sorted = new ArrayList<>(new LinkedHashSet<>(warnings));
        if (!unknown.isEmpty()) {
            Place first = unknown.values().iterator().next();
            sorted.add(new Fault(file, first.line(), first.column(), "", null,
                    "unknown keys are ignored: " + Spelling.list(unknown.keySet())));
        }
        sorted.sort(BY_PLACE);
        return sorted;
    }

    private Fault fault(Place at, String value, String message) {
        return new Fault(file, at.line(), at.column(), at.path(), value, message);
    }
}
