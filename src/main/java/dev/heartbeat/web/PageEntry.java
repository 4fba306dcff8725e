package dev.heartbeat.web;

import java.util.Comparator;

import dev.heartbeat.model.Group;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;

/** What of one target decides where it stands on the page? */
record PageEntry(SourceState state, Target target, TargetState known) {
    static final Comparator<PageEntry> BY_NAME = Comparator.comparing((PageEntry entry) -> entry.state().source())
            .thenComparing(PageEntry::target);
    /** What is wrong comes first, the newest of it at the top; then what may become wrong; then the rest by name. */
    static final Comparator<PageEntry> BY_URGENCY = Comparator.comparingInt(PageEntry::rank)
            .thenComparing((one, other) -> one.isUp() && !one.isUnsteady() ? 0
                    : other.known().since().compareTo(one.known().since()))
            .thenComparing(BY_NAME);

    boolean isUp() {
        return known.health() == Health.UP;
    }

    /** Whether its silence is its source's, which is told in one line for all of them. */
    boolean isSilentWithItsSource() {
        Group group = state.groups().get(known.group());
        return known.health() == Health.STALE && group != null && group.silent() != null;
    }

    /** Up, and perhaps not for long; or down, and perhaps not for long. */
    boolean isUnsteady() {
        return known.steadiness().flapping() || known.steadiness().streak() > 0;
    }

    PageSign sign() {
        return isUp() && isUnsteady() ? PageSign.UNSTEADY : PageSign.of(known.health());
    }

    /** How firmly its health stands, in words; null when there is nothing to say. */
    String steadiness() {
        if (known.steadiness().flapping()) {
            return "flapping, held as " + PageSign.of(known.health()).css();
        }
        int streak = known.steadiness().streak();
        if (streak == 0) {
            return null;
        }
        return isUp() ? "failing: " + PageText.count(streak, "observation") + " in a row, not yet down"
                : "recovering: " + PageText.count(streak, "good observation") + " in a row, not yet up";
    }

    private int rank() {
        return !isUp() ? 0 : isUnsteady() ? 1 : 2;
    }
}
