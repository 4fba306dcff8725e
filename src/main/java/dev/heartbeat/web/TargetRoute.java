package dev.heartbeat.web;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import dev.heartbeat.model.Kind;
import dev.heartbeat.model.KnownStates;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.TargetState;
import dev.heartbeat.model.Uptime;
import dev.heartbeat.store.StateStore;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** How is one target, and how has it been? */
@ApplicationScoped
public class TargetRoute {
    private static final int TRANSITIONS = 50;
    private final Serving serving;
    private final KnownStates known;
    private final StateStore store;
    private final InstantSource clock = InstantSource.system();

    TargetRoute(Serving serving, KnownStates known, StateStore store) {
        this.serving = serving;
        this.known = known;
        this.store = store;
    }

    /** For names that a path does not carry everywhere: proxies decode slashes, and browsers walk up at two dots. */
    void byQuery(RoutingContext context) {
        answer(new Address(Words.exact(context, "source"), Words.exact(context, "kind"), Words.exact(context, "name")),
                context);
    }

    void answer(Address address, RoutingContext context) {
        if (!serving.state()) {
            throw new Problem.Refusal(serving.refusal());
        }
        Kind kind = Kind.of(address.kind());
        if (kind == null) {
            throw Problem.notFound("'" + address.kind() + "' is no kind of target: " + Kind.all(" and ") + " are");
        }
        if (address.name() == null) {
            throw Problem
                    .notFound("a target is named by source, kind and name: " + StatusRoutes.PREFIX + "{source}/{kind}/{name}");
        }
        Target target = new Target(kind, address.name());
        SourceState source = known.states().stream().filter(state -> state.source().equals(address.source())).findFirst()
                .orElseThrow(() -> Problem.notFound("no source of that name was heard: " + address.source()));
        TargetState state = source.targets().get(target);
        if (state == null) {
            throw Problem.notFound("source " + source.source() + " has no " + target);
        }
        answer(new TargetRow(source, target, state), context);
    }

    private void answer(TargetRow row, RoutingContext context) {
        Instant now = clock.instant();
        // Uptime moves with the minutes, even where nothing is heard.
        String tag = EntityTag.of(Set.of(row.source()), context, now.truncatedTo(ChronoUnit.MINUTES).toString());
        if (EntityTag.isKnown(tag, context)) {
            return;
        }
        Uptime uptime = Uptime.of(row.source(), row.target(), now);
        Uni.combine().all().unis(
                LookBack.at(store.outbox(), List.of(row.source().source()),
                        transition -> row.target().equals(transition.target()), null,
                        TRANSITIONS),
                store.latencies().of(row.source().source(), row.target())).asTuple()
                .map(found -> new TargetAnswer(row, uptime, found.getItem2(),
                        found.getItem1()))
                .subscribe().with(answer -> JsonAnswer.send(context, answer::write),
                        failure -> Away.answer(context, failure));
    }
}
