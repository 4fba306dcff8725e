package dev.heartbeat.model;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What do the Service health checker's options ask for: one target, how often, how long and for which pattern? */
public final class ScTarget {
    private static final Duration LONGEST_DELAY = Duration.ofDays(30);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    private ScTarget() {
    }

    /**
     * The one target.
     *
     * @param pattern null or blank for none
     * @throws IllegalArgumentException when one of them is wrong, naming the option and its variable and what would be right
     */
    public static Targets of(String url, Duration delay, Duration timeout, String pattern) {
        URI address = address(url);
        check("--delay (DELAY)", delay, LONGEST_DELAY);
        check("--timeout (TIMEOUT)", timeout, LONGEST_TIMEOUT);
        String name = Fault.printable(WebAddress.withoutUser(url));
        return Targets.of(List.of(WebsiteSpec.plain(name, address, pattern(pattern), new Pace(delay, timeout, 0), null)));
    }

    private static URI address(String url) {
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException(
                    "--target (TARGET) must be given: an address that starts with http:// or https://");
        }
        try {
            return WebAddress.parse(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--target (TARGET) " + e.getMessage(), e);
        }
    }

    private static void check(String option, Duration value, Duration longest) {
        if (value == null || value.isZero() || value.isNegative() || value.compareTo(longest) > 0) {
            throw new IllegalArgumentException(option + " must be more than 0 and at most " + Durations.words(longest));
        }
    }

    private static PythonPattern pattern(String pattern) {
        try {
            return pattern == null || pattern.isBlank() ? null : Form.PATTERN.parse().apply(pattern);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--pattern (PATTERN): \"" + Fault.plain(pattern) + "\" " + e.getMessage(), e);
        }
    }
}
