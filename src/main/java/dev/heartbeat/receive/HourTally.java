package dev.heartbeat.receive;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import dev.heartbeat.model.Histogram;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Tally;
import dev.heartbeat.model.Target;

/** How fast were the answers of one source in one hour, as this process heard them? Used by one thread at a time. */
final class HourTally {
    private static final Duration LENGTH = Duration.ofHours(1);

    private final Hour hour;
    private final String count;
    private final Map<Target, Tally> tallies = new HashMap<>();

    /** Which hour of which source? */
    record Hour(String source, Instant begin) {
    }

    /** What a store must be told, under the name of the count. */
    record Page(HourTally tally, Hour hour, String count, Map<Target, Histogram> histograms) {
    }

    /** @param count no other count of that hour has this name */
    HourTally(Hour hour, String count) {
        this.hour = hour;
        this.count = count;
    }

    /**
     * Counts the answers among these; of targets that it does not have yet as many as there is room for.
     *
     * @return how many targets are new in it
     */
    int count(Collection<Observation> observations, int room) {
        int before = tallies.size();
        for (Observation observation : observations) {
            if (observation.answeredAfter() != null) {
                Tally tally = tallies.get(observation.target());
                if (tally == null && tallies.size() - before < room) {
                    tally = new Tally();
                    tallies.put(observation.target(), tally);
                }
                if (tally != null) {
                    tally.add(observation.answeredAfter());
                }
            }
        }
        return tallies.size() - before;
    }

    /** What was counted since this was last asked. */
    Page news() {
        Map<Target, Histogram> histograms = new HashMap<>();
        tallies.forEach((target, tally) -> {
            Histogram news = tally.news();
            if (news != null) {
                histograms.put(target, news);
            }
        });
        return new Page(this, hour, count, histograms);
    }

    /** These were not written: they are news again. */
    void forget(Collection<Target> targets) {
        targets.forEach(target -> tallies.get(target).forget());
    }

    boolean hasNews() {
        return tallies.values().stream().anyMatch(Tally::hasNews);
    }

    boolean isOver(Instant now) {
        return !hour.begin().plus(LENGTH).isAfter(now);
    }

    int targets() {
        return tallies.size();
    }
}
