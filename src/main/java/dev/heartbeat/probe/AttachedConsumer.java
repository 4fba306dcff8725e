package dev.heartbeat.probe;

import java.util.Set;

/** What does the broker say of one consumer of a queue? {@code activity} and {@code active} are null where it says nothing. */
record AttachedConsumer(String tag, String activity, Boolean active) {
    /** {@code blocked} is a busy consumer at its prefetch limit. */
    private static final Set<String> ACTIVE = Set.of("up", "single_active", "blocked");
    private static final Set<String> IDLE = Set.of("waiting", "suspected_down");

    /** Old brokers say no activity, newer ones may say words that we do not know: then the flag counts. */
    boolean isActive() {
        if (activity == null) {
            return active == null || active;
        }
        return ACTIVE.contains(activity) || !IDLE.contains(activity) && Boolean.TRUE.equals(active);
    }

    String state() {
        return activity == null ? "inactive" : activity;
    }
}
