package dev.heartbeat.watch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import dev.heartbeat.model.SourceState;
import dev.heartbeat.store.Outbox;
import dev.heartbeat.store.Outbox.Entry;
import dev.heartbeat.store.StateStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** What happened last to all sources, until a certain moment? Never holds more than what is asked for, and a page. */
final class History {
    private static final int PAGE = 100;
    private static final Comparator<Entry> BY_AGE = (one, other) -> Outbox.compare(one.id(), other.id());

    private final Outbox outbox;
    private final String until;
    private final int most;
    /** The oldest at the head. */
    private final PriorityQueue<Entry> newest = new PriorityQueue<>(BY_AGE);

    private History(Outbox outbox, String until, int most) {
        this.outbox = outbox;
        this.until = until;
        this.most = most;
    }

    /** Of the sources that this process knows, up to that id, newest first. */
    static Uni<List<Entry>> of(StateStore store, String until, int most) {
        History history = new History(store.outbox(), until, most);
        return Multi.createFrom().iterable(store.known())
                .map(SourceState::source)
                .onItem().transformToUniAndConcatenate(source -> history.read(source, null))
                .collect().last()
                .map(done -> history.newestFirst());
    }

    private Uni<Void> read(String source, String before) {
        return outbox.kept(source, before, PAGE).chain(page -> {
            boolean more = add(page) && page.size() == PAGE;
            return more ? read(source, page.get(PAGE - 1).id()) : Uni.createFrom().voidItem();
        });
    }

    /** Whether there may be more: not when the last one, and so all before it, is too old. */
    private boolean add(List<Entry> page) {
        Entry last = null;
        for (Entry entry : page) {
            if (Outbox.compare(entry.id(), until) <= 0) {
                newest.add(entry);
                last = newest.size() > most ? newest.remove() : null;
            }
        }
        return last == null || last != page.get(page.size() - 1);
    }

    private List<Entry> newestFirst() {
        List<Entry> entries = new ArrayList<>(newest);
        entries.sort(BY_AGE.reversed());
        return entries;
    }
}
