package dev.heartbeat.model;

/** Which names does a pattern with {@code *} (any characters, also none) and {@code ?} (any one) mean? Case counts. */
public record Glob(String pattern) {
    public boolean matches(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int from = 0;
        while (in < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                from = in;
            } else if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == name.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++from;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
