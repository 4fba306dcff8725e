package dev.heartbeat.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When does a target change too often to be judged? When more than {@code most} of its last {@code window} observations
 * differed
 * from the one before. It is calm again when no more than half as many did: who is near the bound does not begin and end at
 * every turn.
 *
 * @param window 64 at most, for so many are remembered; 0 for never
 */
record Flapping(int most, int window) {
    static final Flapping NEVER = new Flapping(0, 0);
    static final int LONGEST_WINDOW = Long.SIZE;
    private static final String OFF = "off";
    private static final Pattern RULE = Pattern.compile("(\\d{1,3}) ?/ ?(\\d{1,3})");

    /** @throws IllegalArgumentException with the words that should be said, when the text is no such rule */
    static Flapping of(String text) {
        if (text.equalsIgnoreCase(OFF)) {
            return NEVER;
        }
        Matcher rule = RULE.matcher(text);
        int most = rule.matches() ? Integer.parseInt(rule.group(1)) : 0;
        int window = rule.matches() ? Integer.parseInt(rule.group(2)) : 0;
        if (most < 1 || most >= window || window > LONGEST_WINDOW) {
            throw new IllegalArgumentException("'" + text + "' is neither off nor changes/observations:"
                    + " give such as 5/20 (more than 5 changes in the last 20 observations), of at most " + LONGEST_WINDOW
                    + " observations and fewer changes");
        }
        return new Flapping(most, window);
    }

    /** Whether a target flaps that changed so often, and that did or did not flap before. */
    boolean holds(long flips, boolean before) {
        return changes(flips) > (before ? most / 2 : most);
    }

    /**
     * How many of the newest observations differed from the one before; bit n of {@code flips} is of the one n before the
     * newest.
     */
    int changes(long flips) {
        return window == 0 ? 0 : Long.bitCount(flips << LONGEST_WINDOW - window);
    }
}
