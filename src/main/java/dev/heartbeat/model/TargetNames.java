package dev.heartbeat.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Does every target of a file have a name of its own, in the file and among PH's keys? */
final class TargetNames {
    private final Faults faults;
    private final Map<Target, Place> first = new HashMap<>();
    private final Map<PhKey, Target> owners = new HashMap<>();
    private final Set<Target> clashing = new HashSet<>();
    private final Set<String> altered = new LinkedHashSet<>();
    private final boolean asKeys;
    private Place firstAltered;

    /** Which entry was read, and where does its name stand? */
    record Named(Spec spec, Place at) {
    }

    private TargetNames(Faults faults, boolean asKeys) {
        this.faults = faults;
        this.asKeys = asKeys;
    }

    /** Checks the names of a file whose targets may become PH's keys. */
    static void check(List<Named> entries, Faults faults) {
        check(entries, new TargetNames(faults, true));
    }

    /** Checks the names of a file that comes from a program without such keys. */
    static void checkAlone(List<Named> entries, Faults faults) {
        check(entries, new TargetNames(faults, false));
    }

    private static void check(List<Named> entries, TargetNames names) {
        entries.forEach(entry -> entry.spec().targets().forEach(target -> names.check(target, entry.at())));
        if (!names.altered.isEmpty()) {
            names.faults.warn(names.firstAltered, null, "names with \":\" are written with \"_\" in PH's Redis keys: "
                    + Spelling.list(names.altered));
        }
    }

    private void check(Target target, Place at) {
        Place former = first.putIfAbsent(target, at);
        // One consumer may listen on several queues, and is one target.
        if (former != null && target.kind() != Kind.CONSUMER) {
            faults.tolerate(at, target.name(), "must not be given twice: it is the name of the " + target.kind().word()
                    + " in line " + former.line() + " already");
        }
        if (asKeys && PhKey.has(target)) {
            checkKey(target, at);
        }
    }

    private void checkKey(Target target, Place at) {
        if (PhKey.alters(target)) {
            firstAltered = firstAltered == null ? at : firstAltered;
            altered.add(target.name());
        }
        PhKey key = PhKey.of(target);
        Target owner = owners.putIfAbsent(key, target);
        if (owner != null && !owner.name().equals(target.name()) && clashing.add(target)) {
            faults.tolerate(at, target.name(), "must not be written " + key.prefix() + " in PH's Redis keys, as the "
                    + owner.kind().word() + " in line " + first.get(owner).line()
                    + " is already: one of them needs another name");
        }
    }
}
