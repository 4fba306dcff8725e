package dev.heartbeat.web;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;

import dev.heartbeat.model.Glob;
import dev.heartbeat.model.Health;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.Target;
import dev.heartbeat.model.Transition;
import dev.heartbeat.store.Outbox.Entry;
import dev.heartbeat.store.StateStore;
import io.vertx.ext.web.RoutingContext;

/** What happened lately, newest first, a page at a time? */
@ApplicationScoped
public class TransitionsRoute {
    private static final int USUAL = 100;
    private static final int MOST = 500;
    private final StateStore store;

    TransitionsRoute(StateStore store) {
        this.store = store;
    }

    void page(RoutingContext context) {
        Set<String> sources = Set.copyOf(Words.all(context, "source"));
        Predicate<Transition> asked = asked(context);
        int limit = Words.limit(context, USUAL, MOST);
        String before = Words.id("before", Words.one(context, "before"));
        List<String> known = store.known().stream().map(SourceState::source)
                .filter(source -> sources.isEmpty() || sources.contains(source)).toList();
        LookBack.at(store.outbox(), known, asked, before, limit + 1)
                .subscribe().with(found -> answer(found, limit, context), failure -> Away.answer(context, failure));
    }

    /** A source as a whole has neither kind nor name, so whoever asks for one of them does not ask for it. */
    private static Predicate<Transition> asked(RoutingContext context) {
        Set<Kind> kinds = Words.kinds(context);
        Set<Health> to = Words.healths(context, "to");
        List<Glob> names = Words.all(context, "name").stream().map(Glob::new).toList();
        return transition -> {
            Target target = transition.target();
            return (kinds.isEmpty() || target != null && kinds.contains(target.kind()))
                    && (names.isEmpty() || target != null && names.stream().anyMatch(name -> name.matches(target.name())))
                    && (to.isEmpty() || transition.to() != null && to.contains(transition.to()));
        };
    }

    /** One more than asked for was looked for: whether there is one says whether there is another page. */
    private static void answer(List<Entry> found, int limit, RoutingContext context) {
        List<Entry> page = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? page.get(limit - 1).id() : null;
        JsonAnswer.send(context, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("transitions");
            for (Entry entry : page) {
                new TransitionRow(entry).write(json);
            }
            json.writeEndArray();
            json.writeStringField("next", next);
            json.writeEndObject();
        });
    }
}
