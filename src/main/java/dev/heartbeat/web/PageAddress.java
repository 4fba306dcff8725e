package dev.heartbeat.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import dev.heartbeat.model.Kind;
import dev.heartbeat.model.Target;

/**
 * Where on this page does a target live? Names hold anything, slashes and percent signs too; every link to a target is made
 * here.
 */
public record PageAddress(String source, Target target) {
    /** The pages of targets. */
    public static final String TARGETS = "/targets/";
    /** Their badges. */
    public static final String BADGES = "/badge/";
    private static final int PARTS = 3;

    public PageAddress {
        Objects.requireNonNull(source);
        Objects.requireNonNull(target);
    }

    /** The address of its page, percent-encoded. */
    public String page() {
        return TARGETS + (isPath() ? path() : query());
    }

    /** The address of one of its badges, percent-encoded. */
    public String badge(String what) {
        return BADGES + (isPath() ? path() + "/" + what + ".svg" : query() + "&what=" + what);
    }

    /** The address of its state for programs, percent-encoded. */
    public String api() {
        return isPath() ? "/api/status/" + path() : "/api/target" + query();
    }

    /**
     * Browsers take dots as directions, encoded or not, and nobody keeps an empty part: such names go where a form would put
     * them.
     */
    private boolean isPath() {
        return isPart(source) && isPart(target.name());
    }

    private static boolean isPart(String name) {
        return !name.isEmpty() && !name.equals(".") && !name.equals("..");
    }

    private String path() {
        return encode(source) + "/" + target.kind().word() + "/" + encode(target.name());
    }

    private String query() {
        return "?source=" + encode(source) + "&kind=" + target.kind().word() + "&name=" + encode(target.name());
    }

    /**
     * What is meant by a path such as {@code source/kind/name}, as it came over the wire; a name may also hold slashes that
     * are not encoded. Null for what can not be an address of ours.
     */
    public static PageAddress of(String rawPath) {
        String[] parts = rawPath.split("/", PARTS);
        try {
            return parts.length < PARTS ? null : of(decode(parts[0]), decode(parts[1]), decode(parts[2]));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** What is meant by these words, each of them null where it is missing; null for what can not be an address of ours. */
    public static PageAddress of(String source, String kind, String name) {
        Kind known = kind == null ? null : Kind.of(kind);
        return source == null || known == null || name == null ? null : new PageAddress(source, new Target(known, name));
    }

    /** Percent-encoded, so that it is one part of a path or one value of a query; all but letters, digits and {@code -_.~}. */
    static String encode(String raw) {
        StringBuilder encoded = new StringBuilder(raw.length());
        for (byte one : raw.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(one)) {
                encoded.append((char) one);
            } else {
                encoded.append('%').append(Character.toUpperCase(Character.forDigit(one >> 4 & 0xF, 16)))
                        .append(Character.toUpperCase(Character.forDigit(one & 0xF, 16)));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(byte one) {
        return one >= 'a' && one <= 'z' || one >= 'A' && one <= 'Z' || one >= '0' && one <= '9' || "-_.~".indexOf(one) >= 0;
    }

    /** In a path a plus is a plus. */
    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
