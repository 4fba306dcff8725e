package dev.heartbeat.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import dev.heartbeat.model.Transition;
import dev.heartbeat.store.Outbox;
import dev.heartbeat.store.Outbox.Entry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Which were the newest transitions of several sources? Holds no more of them than are asked for, and one page. */
final class LookBack {
    private static final Comparator<Entry> NEWEST_FIRST = (one, other) -> Outbox.compare(other.id(), one.id());
    private static final int PAGE = 250;

    private final Outbox outbox;
    private final Predicate<Transition> asked;
    private final int most;
    private List<Entry> newest = new ArrayList<>();

    private LookBack(Outbox outbox, Predicate<Transition> asked, int most) {
        this.outbox = outbox;
        this.asked = asked;
        this.most = most;
    }

    /** At most so many of what is asked for, of those before that id (null: of all), newest first. */
    static Uni<List<Entry>> at(Outbox outbox, Collection<String> sources, Predicate<Transition> asked, String before,
            int most) {
        LookBack look = new LookBack(outbox, asked, most);
        return Multi.createFrom().iterable(sources)
                .onItem().transformToUniAndConcatenate(source -> look.at(source, before).replaceWith(source))
                .collect().last()
                .map(done -> look.newest);
    }

    private Uni<Void> at(String source, String before) {
        return outbox.kept(source, before, PAGE).chain(page -> {
            take(page);
            Entry oldest = page.isEmpty() ? null : page.get(page.size() - 1);
            boolean isDone = page.size() < PAGE
                    || newest.size() == most && Outbox.compare(oldest.id(), newest.get(most - 1).id()) < 0;
            return isDone ? Uni.createFrom().voidItem() : at(source, oldest.id());
        });
    }

    private void take(List<Entry> page) {
        List<Entry> all = new ArrayList<>(newest);
        page.stream().filter(entry -> asked.test(entry.transition())).forEach(all::add);
        all.sort(NEWEST_FIRST);
        newest = all.size() > most ? new ArrayList<>(all.subList(0, most)) : all;
    }
}
