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
}
