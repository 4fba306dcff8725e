package dev.heartbeat.publish;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where does nothing arrive at present? What goes to the same topics keeps its order and rests together, so that what goes
 * elsewhere passes it. Whoever calls sees to it that nobody else does.
 */
final class WaitingLanes {
    private final Map<Set<String>, Rest> rests = new HashMap<>();

    /** How long has nothing arrived, and is it time to try again? */
    static final class Rest {
        final int failures;
        private boolean over;

        private Rest(int failures, boolean over) {
            this.failures = failures;
            this.over = over;
        }

        /** Nothing happens where a newer one has taken its place. */
        void end() {
            over = true;
        }
    }

    boolean isResting(Set<String> topics) {
        Rest rest = rests.get(topics);
        return rest != null && !rest.over;
    }

    /** Whether something failed there, and nothing arrived since. */
    boolean isFailing(Set<String> topics) {
        return rests.containsKey(topics);
    }

    /** What goes there rests until that is ended. */
    Rest failed(Set<String> topics) {
        Rest former = rests.get(topics);
        Rest rest = new Rest(former == null ? 1 : former.failures + 1, false);
        rests.put(topics, rest);
        return rest;
    }

    /** True where something had failed before. */
    boolean arrived(Set<String> topics) {
        return rests.remove(topics) != null;
    }

    /** Everything may be tried at once, as something has changed. */
    void wake() {
        rests.replaceAll((topics, rest) -> new Rest(0, true));
    }
}
