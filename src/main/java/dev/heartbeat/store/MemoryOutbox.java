package dev.heartbeat.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.heartbeat.model.Transition;
import dev.heartbeat.store.StateStore.Announcement;

/** Which transitions has nobody announced yet, when they are kept in memory? When it is full, the oldest go. */
final class MemoryOutbox {
    private final Clock clock;
    private final Duration reclaim;
    private final int length;
    private final Deque<Announcement> fresh = new ArrayDeque<>();
    /** In the order in which they were handed out. */
    private final Map<String, Taken> taken = new LinkedHashMap<>();
    private long added;

    private record Taken(Announcement announcement, Instant at) {
    }

    MemoryOutbox(Clock clock, Duration reclaim, int length) {
        this.clock = clock;
        this.reclaim = reclaim;
        this.length = length;
    }

    synchronized void add(List<Transition> transitions) {
        for (Transition transition : transitions) {
            fresh.add(new Announcement(Long.toString(++added), transition));
            if (fresh.size() > length) {
                fresh.remove();
            }
        }
    }

    synchronized List<Announcement> next(int most) {
        Instant now = clock.instant();
        List<Announcement> next = left(now.minus(reclaim), most);
        while (next.size() < most && !fresh.isEmpty()) {
            next.add(fresh.remove());
        }
        next.forEach(announcement -> taken.put(announcement.id(), new Taken(announcement, now)));
        return next;
    }

    synchronized void end(List<Announcement> done) {
        done.forEach(announcement -> taken.remove(announcement.id()));
    }

    private List<Announcement> left(Instant since, int most) {
        List<Announcement> left = new ArrayList<>();
        Iterator<Taken> all = taken.values().iterator();
        while (all.hasNext() && left.size() < most) {
            Taken next = all.next();
            if (next.at().isAfter(since)) {
                break;
            }
            left.add(next.announcement());
            all.remove();
        }
        return left;
    }
}
