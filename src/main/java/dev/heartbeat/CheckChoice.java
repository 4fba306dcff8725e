package dev.heartbeat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.heartbeat.model.Glob;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.NamedCheck;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.Target;

/**
 * Which checks behind health endpoints does a word mean that means no target of the file? Which there are, only the answers
 * say.
 *
 * @param name ENDPOINT/CHECK, either with {@code *} and {@code ?}
 * @param endpoints those that its first part means; not empty
 */
record CheckChoice(Glob name, Set<Target> endpoints) {

    /** Nothing where the word can't mean checks of any of these. */
    static Optional<CheckChoice> of(String word, Set<Target> all) {
        return names(word).map(name -> new CheckChoice(new Glob(name), endpoints(name, all)))
                .filter(choice -> !choice.endpoints.isEmpty()).findFirst();
    }

    /** As health/ENDPOINT/CHECK, and as it stands. */
    private static Stream<String> names(String word) {
        int slash = word.indexOf('/');
        String kind = slash < 0 ? "" : word.substring(0, slash);
        boolean isKind = kind.equals("*") || Kind.of(kind) == Kind.HEALTH;
        return (isKind ? Stream.of(word.substring(slash + 1), word) : Stream.of(word)).filter(name -> name.contains("/"));
    }

    private static Set<Target> endpoints(String name, Set<Target> all) {
        Glob first = new Glob(name.substring(0, name.indexOf('/')));
        return all.stream().filter(target -> target.kind() == Kind.HEALTH && first.matches(target.name()))
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean means(Target seen) {
        return NamedCheck.is(seen) && endpoints.contains(NamedCheck.asked(seen)) && name.matches(seen.name());
    }

    /**
     * What is told of a check that no answer has named: that nobody knows how it is, wherever it may be one. So a name that is
     * written wrong is never well.
     */
    List<Observation> unnamed(List<Observation> found) {
        Set<Target> naming = found.stream().map(Observation::target).filter(this::means).map(NamedCheck::asked)
                .collect(Collectors.toSet());
        return found.stream().filter(seen -> endpoints.contains(seen.target()) && !naming.contains(seen.target()))
                .filter(seen -> naming.isEmpty() || seen.outcome().health() != Health.UP)
                .map(this::unnamed).toList();
    }

    private Observation unnamed(Observation endpoint) {
        String check = name.pattern().substring(name.pattern().indexOf('/'));
        Outcome said = endpoint.outcome();
        return new Observation(new Target(Kind.HEALTH, endpoint.target().name() + check),
                said.health() == Health.UP ? Outcome.unknown(Reason.MISSING, "the answer does not name it")
                        : Outcome.unknown(said.reason(), endpoint.target().name() + " does not name it"
                                + (said.detail() == null ? "" : ": " + said.detail())),
                endpoint.at());
    }
}
