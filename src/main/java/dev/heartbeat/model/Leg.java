package dev.heartbeat.model;

import java.util.Locale;
import java.util.Objects;

/**
 * Could a start use one of the things that it needs?
 *
 * @param name of the thing, such as broker, exchange or store
 * @param words what was found, a single line
 */
public record Leg(String name, Verdict verdict, String words) {
    /** How well could it be used? */
    public enum Verdict {
        /** As it should be. */
        OK,
        /** A start would work; somebody should know this. */
        WARN,
        /** A start would not do what it should. */
        FAULT;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Leg {
        Objects.requireNonNull(name);
        Objects.requireNonNull(verdict);
        words = Printable.text(words);
    }

    public static Leg ok(String name, String words) {
        return new Leg(name, Verdict.OK, words);
    }

    public static Leg warn(String name, String words) {
        return new Leg(name, Verdict.WARN, words);
    }

    public static Leg fault(String name, String words) {
        return new Leg(name, Verdict.FAULT, words);
    }
}
