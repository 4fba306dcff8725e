package dev.heartbeat.web;

import java.util.Locale;

import dev.heartbeat.model.Health;

/** With which word, shape and colour is a health shown? The shape and the colour are the style sheet's, by this word. */
public enum PageSign {
    /** All is well. */
    UP,
    /** Up, and not firmly: it flaps, or its newest observations say otherwise. */
    UNSTEADY,
    DOWN,
    STALE,
    UNKNOWN,
    /** Of a target that is no more. */
    RETIRED,
    /** Nothing was ever heard. */
    NOTHING;

    /** The class in the style sheet, and the name of the icon. */
    public String css() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As a reader sees it. */
    public String word() {
        return name().charAt(0) + css().substring(1);
    }

    /** Null, which is the health of what was retired, has a sign as well. */
    static PageSign of(Health health) {
        if (health == null) {
            return RETIRED;
        }
        return switch (health) {
            case UP -> UP;
            case DOWN -> DOWN;
            case STALE -> STALE;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
