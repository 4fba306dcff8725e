package dev.heartbeat;

import java.util.List;
import java.util.Map;

final class ForeignFiles {
    record Settled(Foreign foreign, Map<String, String> settings) {
    }

    private ForeignFiles() {
    }

    static Settled healthcheck(String path, boolean producer, Map<String, String> environment) {
        return new Settled(new Foreign(path, null, List.of(), List.of(), List.of()), Map.of());
    }

    static Foreign hosts(String path) {
        return new Foreign(path, null, List.of(), List.of(), List.of());
    }

    static Foreign site(String url, String delay, String timeout, String pattern) {
        return new Foreign(url, null, List.of(), List.of(), List.of());
    }
}
