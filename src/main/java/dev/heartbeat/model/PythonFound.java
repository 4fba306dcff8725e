package dev.heartbeat.model;

import java.util.List;

/**
 * Where in a text was a pattern found, and at which cost?
 *
 * @param parts the whole match, then the groups in the order of their numbers; empty where nothing was found
 * @param steps what the search took of its budget
 */
public record PythonFound(PythonPattern.Match match, List<Part> parts, long steps) {
    public PythonFound {
        parts = List.copyOf(parts);
    }

    /**
     * What did one group take?
     *
     * @param name empty for a group without one, and for the whole match
     * @param from counted in characters as Python does; -1 for a group that took no part
     * @param text null for a group that took no part
     */
    public record Part(String name, int from, int to, String text) {
        static Part of(String name, String searched, int start, int end) {
            return start < 0 ? new Part(name, -1, -1, null)
                    : new Part(name, searched.codePointCount(0, start), searched.codePointCount(0, end),
                            searched.substring(start, end));
        }
    }
}
