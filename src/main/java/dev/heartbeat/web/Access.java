package dev.heartbeat.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** May this request be answered? Health, badges and what a page is made of are open; all else asks for the one user, if set. */
final class Access {
    /** Nobody is asked. */
    static final Access OPEN_TO_ALL = new Access(null);
    private static final List<String> OPEN = List.of("/q/health", "/favicon.ico", WellKnown.READINESS, WellKnown.LIVELINESS);
    private static final List<String> OPEN_BELOW = List.of("/q/health/", "/badge/", "/assets/");
    private static final String SCHEME = "Basic ";

    /** Null where nobody is asked. */
    private final byte[] expected;

    private Access(byte[] expected) {
        this.expected = expected;
    }

    /** @param user without a colon, which is where the header is split */
    Access(String user, String password) {
        this(digest((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Whether that address needs no user.
     *
     * @param path as it was sent: another part may be served by it than by the normalised one, so both must be open
     */
    boolean isOpen(String path, String normalized) {
        return expected == null || isOpen(path) && isOpen(normalized);
    }

    private static boolean isOpen(String path) {
        return path != null && (OPEN.contains(path) || OPEN_BELOW.stream().anyMatch(path::startsWith));
    }

    /** Whether the header's value (null: none was sent) is that of the user. Takes as long for a near miss as for a far one. */
    boolean admits(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        try {
            byte[] said = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
            return MessageDigest.isEqual(expected, digest(said));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** Of equal length whatever was said. */
    private static byte[] digest(byte[] said) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(said);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
