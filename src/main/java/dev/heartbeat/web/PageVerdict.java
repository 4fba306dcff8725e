package dev.heartbeat.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import dev.heartbeat.model.Group;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;

/**
 * How is everything, in one line?
 *
 * @param sign the worst of it
 * @param words the verdict
 * @param figures of what it is made; null when there is nothing to count
 */
public record PageVerdict(PageSign sign, String words, String figures) {
    static PageVerdict of(Collection<SourceState> states) {
        Count count = new Count();
        states.forEach(count::add);
        if (count.targets == 0) {
            return new PageVerdict(PageSign.NOTHING, "Nothing heard yet", null);
        }
        return new PageVerdict(count.sign(), count.words(), count.figures(states.size()));
    }

    /** Whether the source is silent, wholly or in part. */
    static boolean isSilent(SourceState state) {
        return state.groups().values().stream().map(Group::silent).anyMatch(Objects::nonNull);
    }

    /** Adds up while it walks over the targets; used once. */
    private static final class Count {
        private int targets;
        private int up;
        private int down;
        private int unknown;
        private int stale;
        private int staleAlone;
        private int silent;
        private int flapping;
        private int failing;

        void add(SourceState state) {
            silent += isSilent(state) ? 1 : 0;
            state.targets().forEach((target, known) -> add(state, target, known));
        }

        private void add(SourceState state, Target target, TargetState known) {
            targets++;
            switch (known.health()) {
                case UP -> up++;
                case DOWN -> down++;
                case UNKNOWN -> unknown++;
                case STALE -> {
                    stale++;
                    staleAlone += new PageEntry(state, target, known).isSilentWithItsSource() ? 0 : 1;
                }
            }
            flapping += known.steadiness().flapping() ? 1 : 0;
            failing += known.steadiness().streak() > 0 && !known.steadiness().flapping()
                    && PageSign.of(known.health()) == PageSign.UP ? 1 : 0;
        }

        PageSign sign() {
            if (down > 0) {
                return PageSign.DOWN;
            } else if (silent > 0 || stale > 0) {
                return PageSign.STALE;
            } else if (unknown > 0) {
                return PageSign.UNKNOWN;
            }
            return flapping + failing > 0 ? PageSign.UNSTEADY : PageSign.UP;
        }

        String words() {
            List<String> parts = new ArrayList<>();
            add(parts, down, "down");
            add(parts, unknown, "unknown");
            add(parts, staleAlone, "stale");
            if (silent > 0) {
                parts.add(PageText.count(silent, "silent source"));
            }
            if (parts.isEmpty()) {
                parts.add(targets == 1 ? "The only target is up" : "All " + PageText.number(targets) + " targets up");
            }
            add(parts, flapping, "flapping");
            add(parts, failing, "failing");
            return String.join(", ", parts);
        }

        String figures(int sources) {
            List<String> parts = new ArrayList<>();
            parts.add(PageText.number(up) + " up");
            add(parts, down, "down");
            add(parts, unknown, "unknown");
            add(parts, stale, "stale");
            return String.join(", ", parts) + " of " + PageText.count(targets, "target") + " from "
                    + PageText.count(sources, "source");
        }

        private static void add(List<String> parts, int number, String what) {
            if (number > 0) {
                parts.add(PageText.number(number) + " " + what);
            }
        }
    }
}
