package dev.heartbeat.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import dev.heartbeat.model.Transition;
import io.smallrye.mutiny.Uni;

/** What happened, when it is kept in memory? When it is full, the oldest go. */
final class MemoryOutbox implements Outbox {
    private static final int KEPT_PER_SOURCE = 1_000;

    private final Clock clock;
    private final int length;
    /** Ids of a later process are greater, so that who read from a former one is told so. */
    private final long era;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<String, Deque<Entry>> bySource = new HashMap<>();
    private final Map<String, Held> places = new HashMap<>();
    private long added;
    private long holdings;

    private record Held(Place place, Instant until) {
    }

    MemoryOutbox(Clock clock, int length) {
        this.clock = clock;
        this.length = length;
        this.era = clock.millis();
    }

    synchronized void add(List<Transition> transitions) {
        for (Transition transition : transitions) {
            Entry entry = new Entry(era + "-" + ++added, transition);
            add(entries, entry, length);
            add(bySource.computeIfAbsent(transition.source(), source -> new ArrayDeque<>()), entry, KEPT_PER_SOURCE);
        }
    }

    private static void add(Deque<Entry> kept, Entry entry, int most) {
        kept.addLast(entry);
        if (kept.size() > most) {
            kept.removeFirst();
        }
    }

    @Override
    public Uni<String> newest() {
        return answer(() -> entries.isEmpty() ? BEGIN : entries.getLast().id());
    }

    @Override
    public Uni<List<Entry>> after(String id, int most) {
        return answer(() -> oldest(Math.min(entries.size(), added - number(id)), most));
    }

    /** Of so many newest ones the oldest, and no look at any other: this is asked every second. */
    private List<Entry> oldest(long newest, int most) {
        List<Entry> answer = new ArrayList<>();
        Iterator<Entry> newestFirst = entries.descendingIterator();
        for (long left = newest; left > 0; left--) {
            Entry entry = newestFirst.next();
            if (left <= most) {
                answer.add(entry);
            }
        }
        Collections.reverse(answer);
        return answer;
    }

    /** Which entry of this process that was, counted from 1; 0 for what was before it. */
    private long number(String id) {
        int parts = id.indexOf('-');
        long begun = Long.parseLong(id.substring(0, parts));
        return begun < era ? 0 : begun > era ? Long.MAX_VALUE : Long.parseLong(id.substring(parts + 1));
    }

    @Override
    public Uni<Boolean> isComplete(String position) {
        return answer(() -> {
            boolean isOurs = number(position) > 0 || position.equals(BEGIN);
            return isOurs && number(position) <= added && number(position) >= added - entries.size();
        });
    }

    @Override
    public Uni<List<Entry>> kept(String source, String before, int most) {
        return answer(() -> {
            Deque<Entry> kept = bySource.getOrDefault(source, new ArrayDeque<>());
            Iterator<Entry> newestFirst = kept.descendingIterator();
            List<Entry> answer = new ArrayList<>();
            while (newestFirst.hasNext() && answer.size() < most) {
                Entry entry = newestFirst.next();
                if (before == null || Outbox.compare(entry.id(), before) < 0) {
                    answer.add(entry);
                }
            }
            return answer;
        });
    }

    @Override
    public Uni<Place> claim(String reader, Duration lease) {
        return answer(() -> {
            Held held = places.get(reader);
            if (held != null && held.until().isAfter(clock.instant())) {
                return null;
            }
            Place former = held == null ? new Place(reader, null, null, "") : held.place();
            Place mine = new Place(reader, former.position(), former.notes(), Long.toString(++holdings));
            places.put(reader, new Held(mine, clock.instant().plus(lease)));
            return mine;
        });
    }

    @Override
    public Uni<Boolean> keep(Place place, Duration lease) {
        return answer(() -> {
            Held held = places.get(place.reader());
            if (held == null || !held.place().holder().equals(place.holder())) {
                return false;
            }
            Place kept = lease.isZero() ? new Place(place.reader(), place.position(), place.notes(), "") : place;
            places.put(place.reader(), new Held(kept, clock.instant().plus(lease)));
            return true;
        });
    }

    private interface Answer<T> {
        T give();
    }

    /** Nothing in here waits. */
    private <T> Uni<T> answer(Answer<T> answer) {
        return Uni.createFrom().item(() -> {
            synchronized (this) {
                return answer.give();
            }
        });
    }
}
