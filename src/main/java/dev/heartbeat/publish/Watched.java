package dev.heartbeat.publish;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.heartbeat.model.Asked;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.NamedCheck;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.Targets;
import dev.heartbeat.probe.Rounds;

/**
 * What is asked, and what of it is said with each answer? One for each reading of the targets file.
 *
 * @param rounds the targets by the interval of their rounds
 */
record Watched(Targets targets, Set<Target> named, Map<Target, Asked> asked, Map<Target, String> topics,
        Map<Duration, Set<Target>> rounds) {

    /** @param usual the interval of what names none */
    static Watched of(Targets targets, Duration usual) {
        Map<Duration, Set<Target>> rounds = new HashMap<>();
        targets.specs().forEach(spec -> rounds
                .computeIfAbsent(spec.pace().interval() == null ? usual : spec.pace().interval(), key -> new HashSet<>())
                .addAll(spec.targets()));
        return new Watched(targets, targets.all(), targets.asked(), targets.topics(), rounds);
    }

    /**
     * What is still to be told of a round that was asked by this, when it is asked by {@code now}: nothing of what has left the
     * rounds of that interval; each with the question that was put.
     */
    List<Observation> told(Rounds.Found found, Watched now) {
        Set<Target> gone = new HashSet<>(rounds.getOrDefault(found.interval(), Set.of()));
        gone.removeAll(now.rounds.getOrDefault(found.interval(), Set.of()));
        return found.observations().stream().filter(seen -> !gone.contains(NamedCheck.asked(seen.target()))).map(this::asked)
                .toList();
    }

    /** Of these targets, which answers have brought, those that are still asked for. */
    Set<Target> meant(Set<Target> discovered) {
        Set<Target> meant = new HashSet<>(discovered);
        meant.removeIf(target -> !named.contains(NamedCheck.asked(target)));
        return meant;
    }

    /** Whatever answers will bring. */
    Set<Target> unknown() {
        return named.stream().filter(target -> target.kind() == Kind.HEALTH).map(NamedCheck::any).collect(Collectors.toSet());
    }

    /** All targets, for a list of them. */
    Set<Target> all(Set<Target> beside) {
        Set<Target> all = new HashSet<>(named);
        all.addAll(beside);
        return all;
    }

    /** Where it is told; null where it has no topic of its own. */
    String topic(Target target) {
        return topics.get(NamedCheck.asked(target));
    }

    /** Of the rounds that come soonest. */
    Duration shortest(Duration usual) {
        return rounds.keySet().stream().min(Comparator.naturalOrder()).orElse(usual);
    }

    private Observation asked(Observation said) {
        Asked question = asked.get(NamedCheck.asked(said.target()));
        return question == null ? said
                : new Observation(said.target(), said.outcome(), said.at(), said.latency(), said.evidence(), question);
    }
}
