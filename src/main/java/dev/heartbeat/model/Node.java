package dev.heartbeat.model;

import java.util.List;
import java.util.Map;

/** What stands at a place of a file? */
sealed interface Node {
    Place at();

    /** Whether the file says that there is nothing. */
    default boolean isNull() {
        return false;
    }

    /**
     * A single value.
     *
     * @param text as it is written, without quotes; null for a null
     * @param number whether it is written as a number
     * @param referred whether it stands elsewhere, so that it may be a secret and no message shows it
     */
    record Scalar(Place at, String text, boolean number, boolean referred) implements Node {
        @Override
        public boolean isNull() {
            return text == null;
        }
    }

    /** A list. */
    record Sequence(Place at, List<Node> items) implements Node {
    }

    /** Keys with their values, in the file's order; of a key that is written twice the last. */
    record Mapping(Place at, Map<String, Field> fields) implements Node {
    }

    /** What stands under a key, and where does the key itself stand? */
    record Field(Place key, Node value) {
    }
}
