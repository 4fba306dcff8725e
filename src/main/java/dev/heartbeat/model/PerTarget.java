package dev.heartbeat.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What does a setting say of each target? Written as entries between commas, a plain value for all and {@code pattern=value}
 * for
 * some ({@link TargetPattern}); of those that mean a target the last decides.
 */
final class PerTarget<T> {
    private record Entry<T>(TargetPattern pattern, T value) {
    }

    private final T ofAll;
    /** The last first. */
    private final List<Entry<T>> ofSome;

    private PerTarget(T ofAll, List<Entry<T>> ofSome) {
        this.ofAll = Objects.requireNonNull(ofAll);
        this.ofSome = List.copyOf(ofSome);
    }

    static <T> PerTarget<T> all(T value) {
        return new PerTarget<>(value, List.of());
    }

    /**
     * What the text says, and {@code unsaid} of those that no entry means.
     *
     * @param value reads one value; fails with {@link IllegalArgumentException} in the words that should be said
     * @throws IllegalArgumentException naming every entry that is wrong, and what would be right
     */
    static <T> PerTarget<T> of(String text, T unsaid, Function<String, T> value) {
        List<String> faults = new ArrayList<>();
        List<Entry<T>> ofSome = new ArrayList<>();
        T ofAll = unsaid;
        for (String entry : text.split(",")) {
            // In a name an equals sign may stand; in no value.
            int equals = entry.lastIndexOf('=');
            try {
                T said = entry.isBlank() ? null : value.apply(entry.substring(equals + 1).strip());
                if (said != null && equals < 0) {
                    ofAll = said;
                    ofSome.clear();
                } else if (said != null) {
                    ofSome.add(0, new Entry<>(TargetPattern.of(entry.substring(0, equals).strip()), said));
                }
            } catch (IllegalArgumentException e) {
                faults.add(e.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        return new PerTarget<>(ofAll, ofSome);
    }

    T of(Target target) {
        for (Entry<T> entry : ofSome) {
            if (entry.pattern().matches(target)) {
                return entry.value();
            }
        }
        return ofAll;
    }
}
