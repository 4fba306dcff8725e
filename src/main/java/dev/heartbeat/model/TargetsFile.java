package dev.heartbeat.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Which targets does a targets file ask for, or what is wrong in it? Reads PH's JSON, and ours in YAML or JSON. */
public final class TargetsFile {
    private static final String ROOT = "heartbeat";
    /** An editor's: where it finds docs/schema/targets.json. */
    private static final String SCHEMA = "$schema";

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
        return read(fileName, text, new Faults(fileName, lenient), null);
    }

    private static Read read(String fileName, String text, Faults faults, EnvironmentTag variables) {
        Node root = TreeReader.read(Syntax.of(fileName, text), text, faults, new TreeReader.Dialect(ROOT, variables));
        List<TargetNames.Named> entries = new ArrayList<>();
        Entry file = root == null ? null : Entry.of(root, faults);
        if (file != null && (variables == null || variables.suffices(ROOT, faults))) {
            readFile(file, entries);
        }
        TargetNames.check(entries, faults);
        boolean wrong = faults.count() > 0;
        Targets targets = wrong ? null : Targets.of(entries.stream().map(TargetNames.Named::spec).toList());
        return new Read(targets, faults.faults(), faults.warnings());
    }

    /** Reads the bytes of a file, which must be UTF-8. */
    public static Read read(String fileName, byte[] bytes, boolean lenient) {
        return read(fileName, bytes, lenient, null);
    }

    /**
     * Reads the bytes of a file, which must be UTF-8.
     *
     * @param environment what <code>!ENV ${NAME}</code> stands for, null for a variable that is not set; an
     *        IllegalArgumentException says why it can not be said. Null where values are taken as they are written
     */
    public static Read read(String fileName, byte[] bytes, boolean lenient, Function<String, String> environment) {
        Faults faults = new Faults(fileName, lenient);
        String text = Syntax.text(bytes, faults);
        return text == null ? new Read(null, faults.faults(), List.of())
                : read(fileName, text, faults, environment == null ? null : new EnvironmentTag(environment));
    }

    private static void readFile(Entry file, List<TargetNames.Named> entries) {
        Faults faults = file.faults();
        Entry heartbeat = file.entry(ROOT);
        file.node(SCHEMA);
        if (heartbeat == null && file.node(ROOT) == null) {
            faults.add(file.at(ROOT), null, "must be given: a mapping that holds hosts, http, rmq_consumers or health");
        }
        if (heartbeat != null) {
            readSections(heartbeat, entries);
            if (heartbeat.ends() && entries.isEmpty()) {
                faults.tolerate(file.at(ROOT), null, "must hold a target: nothing is watched");
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
