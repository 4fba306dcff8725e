package dev.heartbeat.web;

import java.util.Map;

/**
 * What else is to be said of the environment that this program runs in? Extension point: every bean of this type is asked by
 * {@code /.well-known/heartbeat/environ}, and what it finds stands there beside our own.
 */
public interface EnvironProbe {
    /** What it found. It may block; who throws, or takes longer than {@code HEALTH_TIMEOUT}, has failed. */
    Found ask() throws Exception;

    /**
     * What was found.
     *
     * @param status whether all is as it should be
     * @param data what is added to the answer, by key: texts, numbers, booleans, null, and maps and collections of these
     */
    record Found(boolean status, Map<String, Object> data) {
        public Found {
            // Not a copy by Map.of and its kind, which take no null.
            data = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(data));
        }

        /** All is well, and there is this to say. */
        public static Found of(Map<String, Object> data) {
            return new Found(true, data);
        }
    }
}
