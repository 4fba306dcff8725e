package dev.heartbeat.model;

/**
 * Where in a file does a value stand, and which keys lead to it?
 *
 * @param parent null for the root
 * @param step what is appended to the parent's path: {@code .hosts} or {@code [2]}
 */
record Place(Place parent, String step, int line, int column) {
    /** Stands for the file as a whole. */
    static final Place START = new Place(null, "", 1, 1);

    String path() {
        String path = parent == null ? step : parent.path() + step;
        return path.startsWith(".") ? path.substring(1) : path;
    }

    /** Where a key that is missing would be looked for. */
    Place missing(String key) {
        return new Place(this, "." + key, line, column);
    }
}
