package dev.heartbeat.web;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.Uptime;
import dev.heartbeat.model.Uptime.Day;
import dev.heartbeat.model.Uptime.Window;
import dev.heartbeat.model.Uptimes;

/** How was a target, as far as somebody looked? */
interface PageHistory {
    /** The share of the observed time, 0 to 1; null when nothing was observed. */
    Double over(Window window);

    /** The last 90 days, oldest first. */
    List<Day> days();

    static PageHistory of(Uptime uptime) {
        return new PageHistory() {
            @Override
            public Double over(Window window) {
                return uptime.over(window);
            }

            @Override
            public List<Day> days() {
                return uptime.days();
            }
        };
    }

    /**
     * Whom to ask for the histories of a source's targets: asked once per source, as much of the answer is the same for all.
     */
    interface Book extends Function<SourceState, Function<Target, PageHistory>> {
        /** As the states tell it, at that time. */
        static Book at(Instant now) {
            return state -> {
                Uptimes uptimes = Uptimes.of(state, now);
                return target -> PageHistory.of(uptimes.of(target));
            };
        }
    }
}
