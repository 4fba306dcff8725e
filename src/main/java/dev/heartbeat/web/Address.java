package dev.heartbeat.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import io.vertx.ext.web.RoutingContext;

/**
 * What does the rest of a path name: a source, or a target? Read from the path as it was sent, because a name may hold
 * anything, and what {@code %2F} and {@code ..} were is gone once a path is decoded or normalised.
 *
 * @param kind null, like {@code name}, when the path ends before it
 */
record Address(String source, String kind, String name) {
    private static final int PARTS = 3;

    /** What follows {@code prefix}; the name is all that is left, slashes included. */
    static Address after(String prefix, RoutingContext context) {
        String path = context.request().path();
        String rest = (path.startsWith(prefix) ? path : context.normalizedPath()).substring(prefix.length());
        String[] parts = rest.split("/", PARTS);
        boolean isOnlySource = parts.length == 1 || parts.length == 2 && parts[1].isEmpty();
        return new Address(decoded(parts[0]), isOnlySource ? null : decoded(parts[1]),
                parts.length < PARTS ? null : decoded(parts[2]));
    }

    /** Only in a query is a plus a space. What is no percent-encoding at all the server refuses by itself, with 400. */
    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
