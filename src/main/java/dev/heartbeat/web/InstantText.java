package dev.heartbeat.web;

import java.time.Instant;

/**
 * How is an instant written? As it writes itself, which is dear; and thousands of targets that were heard together share a few
 * instants, so the newest texts are kept.
 */
final class InstantText {
    private static final Written[] KEPT = new Written[64];

    /** Whole when another thread finds it, so no lock is needed. */
    private record Written(Instant instant, String text) {
    }

    private InstantText() {
    }

    /** ISO-8601 in UTC; null stays null. */
    static String of(Instant instant) {
        if (instant == null) {
            return null;
        }
        int place = (instant.hashCode() & Integer.MAX_VALUE) % KEPT.length;
        Written kept = KEPT[place];
        if (kept == null || !kept.instant().equals(instant)) {
            kept = new Written(instant, instant.toString());
            KEPT[place] = kept;
        }
        return kept.text();
    }
}
