package dev.heartbeat.web;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.heartbeat.model.Glob;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;
import io.vertx.ext.web.RoutingContext;

/**
 * Which sources and targets does a request ask for? An empty part asks for all; several values of one part mean any of them.
 */
record StatusQuery(Set<String> sources, Set<Kind> kinds, Set<Health> healths, List<Glob> names) {
    /** Fails with what is wrong with the request, and what would be right. */
    static StatusQuery of(RoutingContext context) {
        return new StatusQuery(Set.copyOf(Words.all(context, "source")), Words.kinds(context),
                Words.healths(context, "health"),
                Words.all(context, "name").stream().map(Glob::new).toList());
    }

    /** By name. */
    List<SourceState> sources(Collection<SourceState> known) {
        return known.stream().filter(state -> sources.isEmpty() || sources.contains(state.source()))
                .sorted(Comparator.comparing(SourceState::source)).toList();
    }

    /** By kind and name. */
    Stream<TargetRow> targets(SourceState source) {
        return source.targets().entrySet().stream()
                .filter(entry -> asksFor(entry.getKey(), entry.getValue()))
                .sorted(java.util.Map.Entry.comparingByKey())
                .map(entry -> new TargetRow(source, entry.getKey(), entry.getValue()));
    }

    private boolean asksFor(Target target, TargetState state) {
        return (kinds.isEmpty() || kinds.contains(target.kind()))
                && (healths.isEmpty() || healths.contains(state.health()))
                && (names.isEmpty() || names.stream().anyMatch(glob -> glob.matches(target.name())));
    }
}
