package dev.heartbeat.model;

import java.util.Objects;

/** What did a check answer for one target? */
public sealed interface Outcome {
    /** The one good answer. */
    Outcome UP = new Up();

    /** What the answer says of the target's health: {@code UP}, {@code DOWN} or {@code UNKNOWN}. */
    Health health();

    /** Why not up; null when up. */
    Reason reason();

    /** The reason in words for a person, a single line; null when up or when nothing more is known. */
    String detail();

    /** Of several answers for one target the worst counts: down before unknown before up. */
    default boolean isWorseThan(Outcome other) {
        return rank(this) > rank(other);
    }

    private static int rank(Outcome outcome) {
        return switch (outcome.health()) {
            case UP -> 0;
            case UNKNOWN, STALE -> 1;
            case DOWN -> 2;
        };
    }

    static Outcome down(Reason reason, String detail) {
        return new Down(reason, detail);
    }

    static Outcome unknown(Reason reason, String detail) {
        return new Unknown(reason, detail);
    }

    /** The target is alive. */
    record Up() implements Outcome {
        @Override
        public Health health() {
            return Health.UP;
        }

        @Override
        public Reason reason() {
            return null;
        }

        @Override
        public String detail() {
            return null;
        }
    }

    /** The target was asked, and is not alive. */
    record Down(Reason reason, String detail) implements Outcome {
        public Down {
            Objects.requireNonNull(reason);
        }

        @Override
        public Health health() {
            return Health.DOWN;
        }
    }

    /** Nobody could tell. */
    record Unknown(Reason reason, String detail) implements Outcome {
        public Unknown {
            Objects.requireNonNull(reason);
        }

        @Override
        public Health health() {
            return Health.UNKNOWN;
        }
    }
}
