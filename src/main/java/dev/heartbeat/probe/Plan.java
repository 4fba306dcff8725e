package dev.heartbeat.probe;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.heartbeat.model.Pace;
import dev.heartbeat.model.Target;

/**
 * What is asked in every round of one interval?
 *
 * @param targets all that the targets file names, in its order; a round answers for these, and for what answers bring beside
 *        them
 */
record Plan(Duration interval, List<Target> targets, List<Lane> lanes) {
    Plan {
        targets = List.copyOf(targets);
        lanes = List.copyOf(lanes);
    }

    /** After which no check is started: publishing goes on even when every check takes its whole timeout. */
    Duration deadline() {
        Duration longest = lanes.stream().flatMap(lane -> lane.checks.stream())
                .map(check -> check.timeout().multipliedBy(check.retries() + 1L))
                .max(Duration::compareTo).orElse(Pace.DEFAULT_TIMEOUT);
        Duration most = interval.multipliedBy(9).dividedBy(10);
        return most.compareTo(longest) > 0 ? most : longest;
    }

    /** The targets that answers have brought beside these. */
    Set<Target> discovered() {
        Set<Target> discovered = new HashSet<>();
        lanes.forEach(lane -> lane.checks.forEach(check -> discovered.addAll(check.discovered())));
        return discovered;
    }

    /** The targets that no probe has a check for. */
    Set<Target> unasked() {
        Set<Target> unasked = new LinkedHashSet<>(targets);
        lanes.forEach(lane -> lane.checks.forEach(check -> check.targets().forEach(unasked::remove)));
        return unasked;
    }
}
