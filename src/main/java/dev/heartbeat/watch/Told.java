package dev.heartbeat.watch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.heartbeat.store.Outbox;
import dev.heartbeat.store.Outbox.Entry;

/**
 * What was told lately, and what comes next? A chain: who holds a link goes on from there when the next one is added, and needs
 * no lock and no queue of its own.
 */
final class Told {
    static final int MOST = 1_000;

    /** The one before the oldest that is kept here. */
    private volatile Link oldest;
    private volatile Link newest;
    /** What happened before the chain began, newest first; dropped when the chain alone is long enough. */
    private volatile List<Entry> before;

    /** One entry, the how many of the chain it is, and the one after it; the first link is an id only. */
    static final class Link {
        private final String id;
        private final Entry entry;
        private final long number;
        private volatile Link next;

        private Link(String id, Entry entry, long number) {
            this.id = id;
            this.entry = entry;
            this.number = number;
        }

        String id() {
            return id;
        }

        Entry entry() {
            return entry;
        }

        long number() {
            return number;
        }

        /** Null until something happens. */
        Link next() {
            return next;
        }
    }

    /**
     * A chain that begins after that id.
     *
     * @param before what happened until then, newest first
     */
    Told(String position, List<Entry> before) {
        this.oldest = new Link(position, null, 0);
        this.newest = oldest;
        this.before = List.copyOf(before);
    }

    /** By one at a time. */
    void add(Entry entry) {
        Link added = new Link(entry.id(), entry, newest.number + 1);
        newest.next = added;
        newest = added;
        if (added.number - oldest.number > MOST) {
            oldest = oldest.next;
            before = List.of();
        }
    }

    Link newest() {
        return newest;
    }

    /** The link after which the entries after that id come; null when the chain does not reach so far, back or ahead. */
    Link at(String id) {
        Link link = oldest;
        if (Outbox.compare(id, link.id) < 0 || Outbox.compare(id, newest.id) > 0) {
            return null;
        }
        for (Link next = link.next; next != null && Outbox.compare(next.id, id) <= 0; next = next.next) {
            link = next;
        }
        return link;
    }

    /** Newest first. */
    List<Entry> latest(int most) {
        List<Entry> earlier = before;
        List<Entry> latest = new ArrayList<>();
        for (Link link = oldest.next; link != null; link = link.next) {
            latest.add(link.entry);
        }
        Collections.reverse(latest);
        latest.addAll(earlier);
        return List.copyOf(latest.subList(0, Math.min(Math.min(most, MOST), latest.size())));
    }
}
