package dev.heartbeat.model;

/** How much does it take to change a target's health? Every answer may differ from target to target. */
public final class Judging {
    /** One observation decides, and nothing flaps: as PH. */
    public static final Judging AT_ONCE = new Judging();

    private Judging() {
    }
}
