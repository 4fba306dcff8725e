package dev.heartbeat.probe;

import java.util.LinkedHashSet;
import java.util.Set;

import com.fasterxml.jackson.core.JsonToken;

/** Which different values stand at one path? */
record ValuesReading(JsonToken root, String path, Set<String> result) implements Reading<Set<String>> {
    ValuesReading(JsonToken root, String path) {
        this(root, path, new LinkedHashSet<>());
    }

    @Override
    public void value(String where, String text) {
        if (where.equals(path)) {
            result.add(text);
        }
    }
}
