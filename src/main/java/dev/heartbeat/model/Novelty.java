package dev.heartbeat.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which of the heartbeats that were heard had not been heard before?
 *
 * @param at its instant, on our clock
 */
public record Novelty(Heartbeat heartbeat, Instant at) {
    /**
     * Those of {@code heard} that made the change, oldest first. What came again is none of them, nor what came out of its
     * order: nobody could tell it from what came again.
     */
    public static List<Novelty> of(Change change, List<Heard> heard, Policy policy) {
        if (change.isNone()) {
            return List.of();
        }
        Map<String, Mark> newest = new HashMap<>();
        change.former().groups().forEach((key, group) -> newest.put(key, group.mark()));
        Set<Long> prints = new HashSet<>(change.former().prints());
        List<Novelty> novelties = new ArrayList<>(heard.size());
        for (Heard one : heard) {
            Heartbeat heartbeat = one.heartbeat();
            Mark mark = mark(one, change.next(), policy);
            boolean again = heartbeat.boot() == null && !prints.add(one.print());
            if (!again && mark.isNewerThan(newest.get(Group.key(heartbeat)))) {
                newest.put(Group.key(heartbeat), mark);
                novelties.add(new Novelty(heartbeat, mark.at()));
            }
        }
        return novelties;
    }

    private static Mark mark(Heard heard, SourceState state, Policy policy) {
        Heartbeat heartbeat = heard.heartbeat();
        Group known = state.groups().get(Group.key(heartbeat));
        Group group = known == null ? Group.first(heartbeat) : known;
        Duration limit = group.patience(policy);
        Instant said = heartbeat.at() == null ? heard.received() : heartbeat.at();
        return Placed.of(heard, said, group, state.speaker().correction(limit), limit).mark();
    }
}
