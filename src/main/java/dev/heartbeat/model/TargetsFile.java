package dev.heartbeat.model;

import java.util.ArrayList;
import java.util.List;

/** Which targets does a targets file ask for, or what is wrong in it? Reads PH's JSON, and ours in YAML or JSON. */
public final class TargetsFile {
    private TargetsFile() {
    }

    /**
     * What came of reading a file?
     *
     * @param targets null when there are faults
     * @param faults all of them at once, in the file's order
     */
    public record Read(Targets targets, List<Fault> faults, List<Fault> warnings) {
        public Read {
            faults = List.copyOf(faults);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Reads the text of a file.
     *
     * @param lenient whether all that PH accepts is accepted, as where PH's file is mounted: unknown keys and duplicates warn
     */
    public static Read read(String fileName, String text, boolean lenient) {
        Faults faults = new Faults(fileName, lenient);
        Node root = TreeReader.read(Syntax.of(fileName, text), text, faults, TreeReader.Dialect.OURS);
        List<TargetNames.Named> entries = new ArrayList<>();
        Entry file = root == null ? null : Entry.of(root, faults);
        if (file != null) {
            readFile(file, entries);
        }
        TargetNames.check(entries, faults);
        boolean wrong = faults.count() > 0;
        Targets targets = wrong ? null : Targets.of(entries.stream().map(TargetNames.Named::spec).toList());
        return new Read(targets, faults.faults(), faults.warnings());
    }

    /** Reads the bytes of a file, which must be UTF-8. */
    public static Read read(String fileName, byte[] bytes, boolean lenient) {
        Faults faults = new Faults(fileName, lenient);
        String text = Syntax.text(bytes, faults);
        return text == null ? new Read(null, faults.faults(), List.of()) : read(fileName, text, lenient);
    }

    private static void readFile(Entry file, List<TargetNames.Named> entries) {
        Faults faults = file.faults();
        Entry heartbeat = file.entry("heartbeat");
        if (file.node("heartbeat") == null) {
            faults.add(file.at("heartbeat"), null, "must be given: a mapping that holds hosts, http, rmq_consumers or health");
        }
        if (heartbeat != null) {
            readSections(heartbeat, entries);
            if (heartbeat.ends() && entries.isEmpty()) {
                faults.tolerate(file.at("heartbeat"), null, "must hold a target: nothing is watched");
            }
        }
        file.ends();
    }

    private static void readSections(Entry heartbeat, List<TargetNames.Named> entries) {
        Entry defaults = heartbeat.entry("defaults");
        Pace pace = defaults == null ? Pace.DEFAULT : PaceKeys.read(defaults, Pace.DEFAULT);
        if (defaults != null) {
            defaults.ends();
        }
        for (Section<?> section : Section.ALL) {
            heartbeat.each(section.key(), entry -> {
                Spec spec = section.read(entry, pace);
                if (spec != null) {
                    entries.add(new TargetNames.Named(spec, nameOf(section, entry)));
                }
            });
        }
    }

    private static Place nameOf(Section<?> section, Entry entry) {
        String key = section.nameKeys().stream().filter(candidate -> entry.node(candidate) != null).findFirst().orElseThrow();
        return entry.at(key);
    }
}
