package dev.heartbeat.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What do the keys of one mapping say? Notes which keys were asked for, so that what is left over is known to be unknown. */
final class Entry {
    private static final int LONGEST_NAME = 512;

    private final Node.Mapping node;
    private final Faults faults;
    private final int before;
    private final Set<String> asked = new LinkedHashSet<>();

    private Entry(Node.Mapping node, Faults faults) {
        this.node = node;
        this.faults = faults;
        this.before = faults.count();
    }

    /** Null, with a fault, when it is no mapping. */
    static Entry of(Node node, Faults faults) {
        if (node instanceof Node.Mapping mapping) {
            return new Entry(mapping, faults);
        }
        faults.add(node.at(), null, "must be a mapping of keys to values");
        return null;
    }

    Faults faults() {
        return faults;
    }

    /** All keys with their values: for a mapping whose keys are the writer's own. */
    Map<String, Node.Field> fields() {
        return node.fields();
    }

    /** What stands under the key; null when it is absent or null. */
    Node node(String key) {
        asked.add(key);
        Node.Field field = node.fields().get(key);
        return field == null || field.value().isNull() ? null : field.value();
    }

    /** Where the key's value stands or would stand. */
    Place at(String key) {
        Node.Field field = node.fields().get(key);
        return field == null ? node.at().missing(key) : field.value().at();
    }

    <T> T required(String key, Form<T> form) {
        Node value = node(key);
        if (value == null) {
            faults.add(at(key), null, "must be given: " + form.words());
        }
        return value == null ? null : parse(value, form);
    }

    <T> T optional(String key, Form<T> form, T otherwise) {
        Node value = node(key);
        return value == null ? otherwise : parse(value, form);
    }

    /** A value, or a list of at least one. */
    <T> List<T> several(String key, Form<T> form, List<T> otherwise) {
        Node value = node(key);
        if (value == null) {
            return otherwise;
        }
        List<Node> items = value instanceof Node.Sequence sequence ? sequence.items() : List.of(value);
        if (items.isEmpty()) {
            faults.add(value.at(), null, "must hold at least one: " + form.words());
        }
        List<T> parsed = new ArrayList<>();
        items.forEach(item -> parsed.add(parse(item, form)));
        return parsed;
    }

    /** A name that can appear in logs, messages and keys. */
    String name(String key) {
        String name = required(key, Form.NON_BLANK);
        return name == null ? null : checkedName(key, name);
    }

    String name(String key, String otherwise) {
        return node(key) == null ? otherwise : name(key);
    }

    /** The name that the key gives, made printable where that is tolerated. */
    String checkedName(String key, String name) {
        if (name.length() > LONGEST_NAME) {
            faults.tolerate(at(key), name, "must be at most " + LONGEST_NAME + " characters long");
        }
        String printable = Fault.printable(name);
        if (!printable.equals(name)) {
            faults.tolerate(at(key), name, "must not hold control characters");
        }
        return printable;
    }

    PythonPattern pattern(String key, PythonPattern pattern) {
        if (pattern != null) {
            pattern.warnings().forEach(warning -> faults.warn(at(key), pattern.toString(), warning));
        }
        return pattern;
    }

    /** The mapping under the key; null when there is none. */
    Entry entry(String key) {
        Node value = node(key);
        return value == null ? null : of(value, faults);
    }

    /** The same, for a list that must hold one at least. */
    void eachOfSome(String key, String words, Consumer<Entry> reader) {
        Node value = node(key);
        if (value == null || value instanceof Node.Sequence sequence && sequence.items().isEmpty()) {
            faults.add(at(key), null, "must be given: " + words);
        } else {
            each(key, reader);
        }
    }

    /** Reads the mappings of the list under the key, one after the other; what is no mapping is a fault and left out. */
    void each(String key, Consumer<Entry> reader) {
        Node value = node(key);
        if (value instanceof Node.Sequence sequence) {
            for (Node item : sequence.items()) {
                Entry entry = of(item, faults);
                if (entry != null) {
                    reader.accept(entry);
                }
            }
        } else if (value != null) {
            faults.add(value.at(), null, "must be a list");
        }
    }

    /** Whether nothing was wrong since this entry was begun; what nobody asked for is reported now. */
    boolean ends() {
        node.fields().forEach((key, field) -> {
            if (!asked.contains(key)) {
                faults.unknown(field.key(), key, asked);
            }
        });
        return faults.count() == before;
    }

    <T> T parse(Node value, Form<T> form) {
        if (!(value instanceof Node.Scalar scalar) || scalar.isNull()) {
            faults.add(value.at(), null, "must be " + form.words());
            return null;
        }
        try {
            return form.parse().apply(scalar.text());
        } catch (IllegalArgumentException e) {
            faults.add(value.at(), form.secret() || scalar.referred() ? null : scalar.text(), e.getMessage());
            return null;
        }
    }
}
