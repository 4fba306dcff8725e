package dev.heartbeat.model;

/** How much does it take to change a target's health? Every answer may differ from target to target. */
public final class Judging {
    /** One observation decides, and nothing flaps: as PH. */
    public static final Judging AT_ONCE = new Judging(PerTarget.all(1), PerTarget.all(1), PerTarget.all(Flapping.NEVER));
    private static final int MOST = 1000;

    private final PerTarget<Integer> failures;
    private final PerTarget<Integer> successes;
    private final PerTarget<Flapping> flapping;

    private Judging(PerTarget<Integer> failures, PerTarget<Integer> successes, PerTarget<Flapping> flapping) {
        this.failures = failures;
        this.successes = successes;
        this.flapping = flapping;
    }

    /**
     * As the three settings say, each of entries between commas: {@code 1, website=2, host/db-*=3}, and of flapping
     * {@code off, website=5/20}, which is more than 5 changes in the last 20 observations. The last entry that means a target
     * decides.
     *
     * @throws IllegalArgumentException when one of them says nothing possible; the message says what would be right
     */
    public static Judging of(String failures, String successes, String flapping) {
        return new Judging(counts(failures), counts(successes), flaps(flapping));
    }

    /** @throws IllegalArgumentException when the text sets no numbers of failures or successes, saying what would be right */
    public static void checkCounts(String text) {
        counts(text);
    }

    /** @throws IllegalArgumentException when the text sets no flap detection, saying what would be right */
    public static void checkFlapping(String text) {
        flaps(text);
    }

    /** So many failures in a row turn UP into DOWN; 1 at least. */
    int failuresBeforeDown(Target target) {
        return failures.of(target);
    }

    /** So many successes in a row turn DOWN into UP; 1 at least. */
    int successesBeforeUp(Target target) {
        return successes.of(target);
    }

    Flapping flapping(Target target) {
        return flapping.of(target);
    }

    private static PerTarget<Integer> counts(String text) {
        return PerTarget.of(text, 1, Judging::count);
    }

    private static PerTarget<Flapping> flaps(String text) {
        return PerTarget.of(text, Flapping.NEVER, Flapping::of);
    }

    private static int count(String text) {
        int count = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("'" + text + "' is no whole number from 1 to " + MOST
                    + "; give one for all, or pattern=number for some: 1, website=2, host/db-*=3");
        }
        return count;
    }
}
