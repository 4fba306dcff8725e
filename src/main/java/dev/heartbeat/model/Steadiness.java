package dev.heartbeat.model;

/**
 * How firmly does a target's health stand?
 *
 * @param streak how many of the newest definite outcomes in a row contradict the health, up to what is needed to change it; 0
 *        while they agree
 * @param flips bit n: the outcome n observations before {@code beat} differed from the one before it
 * @param beat the count of its group's heartbeats ({@link Group#beats}) for which {@code flips} was written
 * @param flapping whether it changes too often to be judged: its health is held
 */
public record Steadiness(int streak, long flips, long beat, boolean flapping) {
    /** Of a target that was just met. */
    public static final Steadiness CALM = new Steadiness(0, 0, 0, false);

    /** Whether an outcome that agrees with the health leaves everything as it is. */
    boolean isSteady() {
        return streak == 0 && !flapping;
    }

    /** After another definite outcome. What did not flip is kept as it was written, for the count of heartbeats moves it on. */
    Steadiness after(boolean contrary, int needed, long now, Flapping rule) {
        boolean flip = contrary != streak > 0;
        long moved = flips(now) | (flip ? 1 : 0);
        return new Steadiness(contrary ? Math.min(streak + 1, needed) : 0, flip ? moved : flips, flip ? now : beat,
                rule.holds(moved, flapping));
    }

    /** The flips as they stand when the group has had so many heartbeats. */
    long flips(long now) {
        long passed = Math.max(0, now - beat);
        return passed < Long.SIZE ? flips << passed : 0;
    }

    /** Of a target that comes into a group with its heartbeat of that number, from another that has had so many. */
    Steadiness moved(long left, long now) {
        long moved = flips(left + 1);
        return new Steadiness(streak, moved, moved == 0 ? 0 : now, flapping);
    }

    /** Once the streak has been enough. */
    Steadiness turned() {
        return new Steadiness(0, flips, beat, flapping);
    }
}
